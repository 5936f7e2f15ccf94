# zh: 习题：目录、起点、工坊、看守、结论、评分。session 是学习者的命令，由上往下调用：session 或 grade
#     -> verdict -> predict 或 workshop、warden -> catalogue。
# en: Exercises: catalogue, starters, workshop, warden, verdict, grading. session has the learner's
#     commands. Calls go down: session or grade -> verdict -> predict, or workshop and warden -> catalogue.
