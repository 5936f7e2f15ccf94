def faults(): return []
def table(language): return ""
