"""How much memory a process has used at most, for programs that tests start.

Not `getrusage`: there a child inherits the peak of the process that started it, so under a large
test run every child looks large, and none looks as if it grew.
"""

PEAK = """
def peak_megabytes():
    import re, resource, sys
    if sys.platform == "linux":
        with open("/proc/self/status") as status:
            return int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""
