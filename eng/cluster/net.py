"""Network namespaces joined by a bridge: one for broker and database, one for each node. Nothing outside them is touched."""
import os
import shutil
import subprocess

HUB_ADDRESS = "10.99.0.1"
DATABASE_PORT = 5432


class Net:
    """A hub and some nodes, each with one address; a node can be cut off and joined again."""

    def __init__(self, nodes):
        self.prefix = f"spex{os.getpid()}"
        self.nodes = nodes
        self._made = []

    def __enter__(self):
        self._add(self.hub)
        self._in(self.hub, "ip", "link", "add", "br0", "type", "bridge")
        self._in(self.hub, "ip", "addr", "add", f"{HUB_ADDRESS}/24", "dev", "br0")
        self._in(self.hub, "ip", "link", "set", "br0", "up")
        for number in range(1, self.nodes + 1):
            space, port = self.space(number), f"port{number}"
            self._add(space)
            self._in(self.hub, "ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", space)
            self._in(self.hub, "ip", "link", "set", port, "master", "br0")
            self._in(self.hub, "ip", "link", "set", port, "up")
            self._in(space, "ip", "addr", "add", f"{self.address(number)}/24", "dev", "eth0")
            self._in(space, "ip", "link", "set", "eth0", "up")
        return self

    def __exit__(self, *_):
        for space in reversed(self._made):
            subprocess.run(["ip", "netns", "delete", space], check=False)

    @property
    def hub(self):
        return f"{self.prefix}-hub"

    def space(self, number):
        return f"{self.prefix}-{number}"

    @staticmethod
    def address(number):
        return f"10.99.0.{10 + number}"

    @staticmethod
    def command(space, *command):
        """A command line that runs in a namespace."""
        return ["ip", "netns", "exec", space, *command]

    def cut(self, number):
        """Drops every packet that leaves a node or comes to it."""
        for chain in ("INPUT", "OUTPUT"):
            self._in(self.space(number), "iptables", "-A", chain, "!", "-i" if chain == "INPUT" else "-o", "lo", "-j",
                     "DROP")

    def cut_from_database(self, number):
        """Drops what a node and the database say to each other; the broker stays in reach."""
        for chain, end in (("OUTPUT", "--dport"), ("INPUT", "--sport")):
            self._in(self.space(number), "iptables", "-A", chain, "-p", "tcp", end, str(DATABASE_PORT), "-j", "DROP")

    def heal(self, number):
        self._in(self.space(number), "iptables", "-F")

    def _add(self, space):
        subprocess.run(["ip", "netns", "add", space], check=True)
        self._made.append(space)
        self._in(space, "ip", "link", "set", "lo", "up")

    def _in(self, space, *command):
        subprocess.run(self.command(space, *command), check=True, capture_output=True)


def why_not():
    """Why namespaces cannot be made here; None when they can."""
    for tool in ("ip", "iptables"):
        if not shutil.which(tool):
            return f"{tool} is missing"
    probe = f"spex{os.getpid()}-probe"
    made = subprocess.run(["ip", "netns", "add", probe], check=False, capture_output=True)
    if made.returncode != 0:
        return f"no network namespace can be made: {made.stderr.decode().strip()}"
    subprocess.run(["ip", "netns", "delete", probe], check=True)
    return None
