"""An image's file system as an engine would run it, without an engine: process 1 of a namespace of its own, the root file
system read-only, volumes and /tmp to write in, the image's user and environment, no capabilities."""
import json
import os
import shlex
import shutil
import signal
import subprocess
import tempfile

LIMIT_SECONDS = 90


class Box:
    def __init__(self, root, described):
        """root: where the image is mounted; described: the file that holds what buildah tells of it."""
        self.root = root
        with open(described, encoding="utf-8") as file:
            self.config = json.load(file)["Docker"]["config"]
        self.user = self.config["User"]
        self.place = tempfile.mkdtemp(prefix="spex-box-")
        os.chmod(self.place, 0o755)
        self.mounts = {}

    def volume(self, inside):
        """A new volume: empty, with the rights that the folder has in the image. Gives where it lies outside."""
        outside = os.path.join(self.place, str(len(self.mounts)))
        known = os.stat(self.root + inside)
        os.mkdir(outside)
        os.chown(outside, known.st_uid, known.st_gid)
        os.chmod(outside, known.st_mode & 0o7777)
        self.mounts[inside] = outside
        return outside

    def secret(self, inside, outside):
        self.mounts[inside] = outside

    def ids(self):
        """Number of user and group, of a name those of the image's own list."""
        user, _, group = self.user.partition(":")
        if user.isdigit():
            return int(user), int(group or user)
        with open(self.root + "/etc/passwd", encoding="utf-8") as file:
            row = next(line.split(":") for line in file if line.startswith(user + ":"))
        return int(row[2]), int(row[3])

    def start(self, *command, environment=()):
        return Running([
            "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-euc", self._script(command),
        ], dict(pair.split("=", 1) for pair in [*self.config["Env"], *environment]))

    def run(self, *command, environment=()):
        return self.start(*command, environment=environment).finish()

    def close(self):
        shutil.rmtree(self.place)

    def _script(self, command):
        root, (user, group) = shlex.quote(self.root), self.ids()
        lines = [f"mount --bind {root} {root}"]
        for inside, outside in self.mounts.items():
            target = shlex.quote(self.root + inside)
            if not os.path.isdir(outside):
                lines.append(f"mkdir -p $(dirname {target}); touch {target}")
            lines.append(f"mount --bind {shlex.quote(outside)} {target}")
        lines += [
            f"mount -t proc proc {root}/proc",
            f"mount --rbind /dev {root}/dev",
            f"mount -t tmpfs -o mode=1777 tmpfs {root}/tmp",
            f"mount -o remount,bind,ro {root}",
            f"exec chroot {root} /usr/bin/setpriv --reuid={user} --regid={group} --clear-groups --inh-caps=-all "
            f"--bounding-set=-all --no-new-privs -- {shlex.join(command)}",
        ]
        return "\n".join(lines)


class Running:
    """A command in a box. What it says goes into a file: a pipe that nobody reads would stop it once it is full."""
    def __init__(self, command, environment):
        self._said = tempfile.TemporaryFile()
        self._process = subprocess.Popen(command, env=environment, stdout=self._said, stderr=subprocess.STDOUT)

    def has_ended(self):
        return self._process.poll() is not None

    def finish(self):
        """Waits for its end. Gives its exit code and words."""
        code = self._process.wait(timeout=LIMIT_SECONDS)
        return code, self.said()

    def said(self):
        """All that it said so far."""
        return os.pread(self._said.fileno(), os.fstat(self._said.fileno()).st_size, 0).decode(errors="replace")

    def first(self):
        """The number of unshare's child, which is process 1 inside."""
        with open(f"/proc/{self._process.pid}/task/{self._process.pid}/children", encoding="ascii") as file:
            return int(file.read().split()[0])

    def loaded(self, name):
        """Whether process 1 has a file of that name in its memory."""
        with open(f"/proc/{self.first()}/maps", encoding="utf-8") as file:
            return any(line.rstrip().endswith("/" + name) for line in file)

    def end(self):
        """SIGTERM to process 1, as from an engine. Gives its exit code and words."""
        if not self.has_ended():
            os.kill(self.first(), signal.SIGTERM)
        return self.finish()

    def kill(self):
        if not self.has_ended():
            self._process.kill()
            self._process.wait()
        self._said.close()
