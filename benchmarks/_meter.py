"""What a piece of work takes: seconds, processor time and SQL queries."""

import time

import psutil


class Meter:
    """Measures work as if it were a request of its own.

    Processor time is that of Python and PostgreSQL together; it tells the truth on a
    busy machine, where seconds don't. Of Python it counts the thread that asks. Of
    PostgreSQL it counts the process behind the cursor, which is told to work alone: the
    time of helpers that it might start would be gone with them. A server on another
    machine is not counted.

    :param analyze: whether PostgreSQL looks first at what was written since
    :param alone: whether that process works alone. Otherwise it may have helpers, as
        the server is set up: the seconds are those of life, the processor time is not
        whole
    """

    def __init__(self, env, analyze=True, alone=True):
        self.env = env
        self._is_analyzing = analyze
        env.cr.execute(
            "SET max_parallel_workers_per_gather = 0"
            if alone
            else "RESET max_parallel_workers_per_gather"
        )
        env.cr.execute("SELECT pg_backend_pid()")
        self._server = find_process(env.cr.fetchone()[0], "postgres")
        # A setting is gone when the transaction that made it is rolled back.
        env.cr.commit()
        self._before = None

    def start(self):
        """Start with a cold cache and with statistics of the tables as they are."""
        self._commit()
        if self._is_analyzing:
            self.env.cr.execute("ANALYZE")
        self.env.cr.commit()
        self.env.invalidate_all()
        self._before = self._read()

    def stop(self):
        """Commit; return ``{"seconds", "cpu_seconds", "queries"}`` since the start."""
        self._commit()
        after = self._read()
        return {key: round(after[key] - self._before[key], 3) for key in after}

    def _commit(self):
        self.env.flush_all()
        self.env.cr.commit()

    def _read(self):
        server = seconds_of(self._server) if self._server else 0
        return {
            "seconds": time.perf_counter(),
            "cpu_seconds": time.thread_time() + server,
            "queries": self.env.cr.sql_log_count,
        }


def find_process(pid, name):
    """Return the process of this machine, or None if it is no such program."""
    try:
        process = psutil.Process(pid)
        return process if name in process.name() else None
    except psutil.NoSuchProcess:
        return None


def seconds_of(process):
    """Return the seconds of processor time that a process has taken until now."""
    times = process.cpu_times()
    return times.user + times.system
