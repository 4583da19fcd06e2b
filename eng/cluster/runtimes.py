"""What the runtimes differ in: settings, what they promise, and what a node does that was away."""
import threading

PORT = 4053
# A supervisor waits so long before it starts a node again, as deploy/systemd says.
RESTART_SECONDS = 2.0


class Local:
    """Scenes are leased; a node that was away comes back by itself."""

    name = "local"

    @staticmethod
    def arguments(net, number):
        return []

    @staticmethod
    def resume_seconds(lease):
        return lease + 2


class Akka:
    """Scenes are sharded; a node that the others have thrown out ends, and its supervisor starts it again."""

    name = "akka"

    @staticmethod
    def arguments(net, number):
        seeds = ",".join(f"{net.address(seed)}:{PORT}" for seed in range(1, net.nodes + 1))
        return ["--runtime", "akka", "--cluster-host", net.address(number), "--cluster-port", str(PORT),
                "--cluster-seeds", seeds]

    @staticmethod
    def resume_seconds(lease):
        return 15.0


RUNTIMES = {runtime.name: runtime for runtime in (Local, Akka)}


class Supervisor(threading.Thread):
    """Starts nodes again that end although nobody asked them to, as systemd does; notes what they ended with."""

    def __init__(self, station):
        super().__init__(daemon=True)
        self._station, self._ended = station, threading.Event()
        self.codes = []

    def run(self):
        while not self._ended.wait(RESTART_SECONDS):
            for number, process in list(self._station.nodes.items()):
                if number not in self._station.unsupervised and process.poll() is not None:
                    self.codes.append(process.returncode)
                    self._station.start(number)

    def end(self):
        self._ended.set()
        self.join()
