# zh: 证明它对：各种交错（check），所有的检查（test --all）。
# en: Proving it right: the interleavings (check), all the checks (test --all).
