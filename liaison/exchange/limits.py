"""What a file may cost before it is refused. Source: ``security`` 5 and ``decisions`` (Bringing claim lists in).

The child process that reads a file gives itself these limits,
    so that a hostile workbook ends the child and nothing else.
"""

from __future__ import annotations

import sys

MAX_ROWS = 1_048_576
MAX_COLUMNS = 500
MAX_CELLS = 8_000_000
MAX_CELL_CHARS = 32_767
"""Excel's own limit of one cell."""
MAX_INFLATED = 400 * 1024 * 1024
MAX_PARTS = 2_000
MAX_RATIO = 150
RATIO_FROM = 5 * 1024 * 1024
"""Below this inflated size no ratio is suspicious."""
MAX_FILE = 200 * 1024 * 1024
MAX_MEMORY = 700 * 1024 * 1024

_BASE_SECONDS = 15
_BYTES_PER_SECOND = 512 * 1024


def seconds_for(size: int) -> int:
    """Processor seconds that reading a file of ``size`` bytes may take: 15, and two more for each further megabyte."""
    return _BASE_SECONDS + size // _BYTES_PER_SECOND


def hold_back(seconds: int) -> None:
    """Limit this process: memory, processor time, and no file written. Where the system cannot,
    the parent still watches."""
    if sys.platform == "win32":
        _hold_back_on_windows()
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if sys.platform == "win32":

    def _hold_back_on_windows() -> None:
        """Put this process into a job object with a memory limit (there is no rlimit on Windows)."""
        import ctypes
        from ctypes import wintypes

        class _Basic(ctypes.Structure):
            _fields_ = [
                ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
                ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
                ("LimitFlags", wintypes.DWORD),
                ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t),
                ("ActiveProcessLimit", wintypes.DWORD),
                ("Affinity", ctypes.c_size_t),
                ("PriorityClass", wintypes.DWORD),
                ("SchedulingClass", wintypes.DWORD),
            ]

        class _Extended(ctypes.Structure):
            _fields_ = [
                ("Basic", _Basic),
                ("IoInfo", ctypes.c_uint64 * 6),
                ("ProcessMemoryLimit", ctypes.c_size_t),
                ("JobMemoryLimit", ctypes.c_size_t),
                ("PeakProcessMemoryUsed", ctypes.c_size_t),
                ("PeakJobMemoryUsed", ctypes.c_size_t),
            ]

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
        kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
        job = kernel.CreateJobObjectW(None, None)
        limits = _Extended()
        limits.Basic.LimitFlags = 0x100 | 0x8  # memory of a process, and one process only
        limits.Basic.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = MAX_MEMORY
        extended_limit_information = 9
        kernel.SetInformationJobObject(job, extended_limit_information, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
