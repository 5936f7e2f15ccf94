def command(arguments):
    return 0
