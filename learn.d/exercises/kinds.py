# zh: 习题有两种：预测（答案是文字）和写代码。两种都会：judge 评一份答案，show 在通过之后给人看，solution
#     印出参考答案，starter_earns、lacks 供自检。
# en: There are two kinds of exercise: predictions (answered in words) and those in code. Both can judge
#     an answer, show something after it passed, and print the solution; starter_earns and lacks are for
#     the exercises' own check.
from exercises.code import Code
from exercises.prediction import Prediction


def of(exercise):
    return (Prediction if exercise.kind == "predict" else Code)(exercise)
