"""A training loop in plain Python: what it prints is what the tools are to tell."""

import json
import math
import sys


def train(steps, learning_rate):
    """Fits a line by gradient descent; yields what each step did."""
    weight, bias = 0.0, 0.0
    points = [(x / 8, 3 * x / 8 - 1) for x in range(8)]
    for step in range(steps):
        errors = [weight * x + bias - y for x, y in points]
        loss = sum(error * error for error in errors) / len(points)
        slope = sum(2 * error * x for error, (x, _) in zip(errors, points)) / len(points)
        offset = sum(2 * error for error in errors) / len(points)
        weight -= learning_rate * slope
        bias -= learning_rate * offset
        printed = {
            "step": step,
            "loss": loss,
            "learning_rate": learning_rate,
            "grad_norm": math.hypot(slope, offset),
            "accuracy": 1 / (1 + loss),
        }
        print(json.dumps(printed), flush=True)
        yield printed


def arguments():
    """Where to log to, how many steps, and how fast to learn."""
    return sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
