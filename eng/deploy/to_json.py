"""YAML files, or documents on standard input, as the JSON array that manifests.mjs reads: place and manifest each."""
import json
import sys

import yaml

found = []
for name in sys.argv[1:]:
    with (sys.stdin if name == "-" else open(name, encoding="utf-8")) as file:
        for document in yaml.safe_load_all(file):
            if document and document.get("kind") != "Kustomization":
                found.append({"place": "rendered" if name == "-" else name, "manifest": document})
json.dump(found, sys.stdout)
