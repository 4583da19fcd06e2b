#!/usr/bin/env python3
"""Makes the secrets of deploy/compose.yaml: random passwords, one file each, and the broker's password file.

    python3 deploy/make-secrets.py deploy/secrets

What is there already is left alone; the broker's password file is written anew from the others. The folder is closed to
other users, also one that was there before; the files in it are not, since each container reads its own as another
user.
"""
import base64
import hashlib
import os
import pathlib
import secrets
import sys

BROKER_USERS = ("spexstream", "receiver", "operator", "watch", "viewer")
ROUNDS = 101


def main(folder):
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The mode above counts only for a folder that is made.
    folder.chmod(0o700)
    users = {name: password(folder / f"broker_{name}") for name in BROKER_USERS}
    write(folder / "broker_users", "".join(f"{name}:{hashed(word)}\n" for name, word in users.items()))
    password(folder / "postgres_password")
    password(folder / "postgres_superuser_password")
    password(folder / "grafana_password")


def password(path):
    if not path.exists():
        write(path, secrets.token_urlsafe(24) + "\n")
    return path.read_text(encoding="ascii").strip()


def hashed(word):
    """As mosquitto keeps it: $7$ is PBKDF2 with SHA-512, then rounds, salt and hash."""
    salt = secrets.token_bytes(12)
    key = hashlib.pbkdf2_hmac("sha512", word.encode(), salt, ROUNDS)
    return f"$7${ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(key).decode()}"


def write(path, text):
    path.write_text(text, encoding="ascii")
    os.chmod(path, 0o644)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make-secrets.py FOLDER")
    main(pathlib.Path(sys.argv[1]))
