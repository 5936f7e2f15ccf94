# zh: 习题：目录、起点、错答案、工坊、看守、结论、评分。调用由上往下：session（学习者的命令）、grade、
#     selfcheck、mutation -> kinds -> code 或 prediction -> verdict、workshop、warden、wrong -> catalogue。
# en: Exercises: catalogue, starters, wrong answers, workshop, warden, verdict, grading. Calls go down:
#     session (the learner's commands), grade, selfcheck, mutation -> kinds -> code or prediction -> verdict,
#     workshop, warden, wrong -> catalogue.
