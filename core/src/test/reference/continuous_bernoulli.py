#!/usr/bin/env python3
"""The continuous Bernoulli (Loaiza-Ganem and Cunningham 2019) in 50 digits.

    python3 continuous_bernoulli.py

Prints the coefficients that stand in Elementary.java (with their error), then the golden values of
ContinuousBernoulliTest.java. Needs mpmath alone.

With logit l and m = |l| the density on [0, 1] is e^(l x) l/(e^l - 1), so that
    ln p(x) = x l - max(l, 0) - D(m),  D(m) = ln((1 - e^-m)/m),
    E[x]    = C(m) where l < 0, else 1 - C(m),    C(m) = 1/m - 1/(e^m - 1).
Near 0 both are series in t = m^2: D = -m/2 + t P(t) and C = 1/2 - m Q(t).
"""
import struct

from mpmath import mp, mpf, log, expm1, exp, matrix, lu_solve, cos, pi, quad, atanh

mp.dps = 60
CROSSING = mpf(2)
DEGREE = 4


def decay(m):
    return log(-expm1(-m) / m) if m else mpf(0)


def centre(m):
    return 1 / m - 1 / expm1(m)


def p_of(t):
    m = mp.sqrt(t)
    return (decay(m) + m / 2) / t


def q_of(t):
    m = mp.sqrt(t)
    return (mpf(1) / 2 - centre(m)) / m


def remez(f, degree, lo, hi):
    """Coefficients of the polynomial with the least greatest relative error."""
    n = degree + 2
    points = [(lo + hi) / 2 - (hi - lo) / 2 * cos(pi * i / (n - 1)) for i in range(n)]
    grid = [lo + (hi - lo) * i / 1500 for i in range(1501)]
    for _ in range(8):
        a = matrix(n, n)
        b = matrix(n, 1)
        for i, t in enumerate(points):
            for k in range(degree + 1):
                a[i, k] = t**k
            a[i, degree + 1] = (-1) ** i * f(t)
            b[i] = f(t)
        c = lu_solve(a, b)[: degree + 1]
        errors = [error(c, f, t) for t in grid]
        points, start = [], 0
        for i in range(1, len(grid) + 1):
            if i == len(grid) or (errors[i] > 0) != (errors[start] > 0):
                best = max(range(start, i), key=lambda j: abs(errors[j]))
                points.append(grid[best])
                start = i
        points = points[:n]
        if len(points) < n:
            break
    return c, max(abs(error(c, f, t)) for t in grid)


def error(c, f, t):
    return sum(c[k] * t**k for k in range(len(c))) / f(t) - 1


def as_float(x):
    return struct.unpack("f", struct.pack("f", float(x)))[0]


def hexadecimal(x):
    text = float.hex(as_float(x))
    mantissa, exponent = text.split("p")
    return f"{mantissa[:mantissa.index('.') + 7]}p{int(exponent)}f"


def textbook(x, l):
    """As in the paper, from the probability lambda."""
    lam = 1 / (1 + exp(-l))
    constant = mpf(2) if l == 0 else 2 * atanh(1 - 2 * lam) / (1 - 2 * lam)
    return log(constant) + x * log(lam) + (1 - x) * log(1 - lam)


def mean(l):
    return mpf(1) / 2 if l == 0 else 1 / -expm1(-l) - 1 / l


if __name__ == "__main__":
    low = mpf(10) ** -12
    for name, f in (("P", p_of), ("Q", q_of)):
        c, worst = remez(f, DEGREE, low, CROSSING**2)
        print(name, " ".join(hexadecimal(x) for x in c), "relative error", mp.nstr(worst, 3))
    print("// logit, x, log p(x), E[x]")
    for l in ("0", "0.0001", "-0.001", "0.03", "0.5", "-1.9", "2", "2.1", "-5", "12", "-30", "60"):
        for x in ("0", "0.25", "1"):
            logit, pixel = mpf(as_float(float(l))), mpf(x)
            assert abs(quad(lambda u: exp(textbook(u, logit)), [0, 0.5, 1]) - 1) < mpf(10) ** -20
            row = (l, x, mp.nstr(textbook(pixel, logit), 17), mp.nstr(mean(logit), 17))
            print("{" + ", ".join(row) + "},")
