"""Whether the nodes of the compose file and of the stateful set are one station, as docs/cluster.md says: one journal, one
group, the same folder of products under the same path, and for each a name and a data folder of its own. One line per
mistake; exit code 1 when there is one."""
import os
import re
import sys

import yaml

SAME = ("SPEX_STATION", "SPEX_JOURNAL", "SPEX_SHARE", "SPEX_OUT", "SPEX_ALLOW__0", "SPEX_BROKER", "SPEX_LEASESECONDS",
        "SPEX_RUNTIME")


def main(root):
    image = _image(os.path.join(root, "Dockerfile"))
    bad = _compose(_read(os.path.join(root, "deploy/compose.yaml"))[0], image)
    base = os.path.join(root, "deploy/k8s/base")
    manifests = [manifest for name in sorted(os.listdir(base)) if name.endswith(".yaml")
                 for manifest in _read(os.path.join(base, name))]
    with open(os.path.join(base, "settings.env"), encoding="utf-8") as lines:
        settings = dict(line.strip().split("=", 1) for line in lines if re.match(r"SPEX_\w+=", line))
    bad += _stateful_set(manifests, settings, image)
    for mistake in bad:
        print(mistake)
    return 1 if bad else 0


def _compose(compose, image):
    place = "compose.yaml"
    nodes = {name: service for name, service in compose["services"].items() if service.get("image") == "spexstream"}
    if len(nodes) < 2:
        return [f"{place}: {len(nodes)} nodes, which share nothing"]
    settings = {name: {**image, **service["environment"]} for name, service in nodes.items()}
    bad = [f"{place}: {key} is not the same for all nodes" for key in SAME
           if len({given.get(key) for given in settings.values()}) > 1]
    for name, given in settings.items():
        bad += [f"{place}: {name}: {fault}" for fault in _faults(given)]
    bad += _distinct(place, "SPEX_NODE", [given.get("SPEX_NODE") for given in settings.values()])
    for key, what in (("SPEX_OUT", "products"), ("SPEX_ALLOW__0", "strips")):
        sources = {_source(nodes[name], given[key]) for name, given in settings.items()}
        if len(sources) > 1 or None in sources:
            bad.append(f"{place}: the nodes do not have the same folder of {what}: {sorted(map(str, sources))}")
    data = [_source(nodes[name], given["SPEX_DATA"]) for name, given in settings.items()]
    return bad + _distinct(place, "the folder of a node's own data", data)


def _stateful_set(manifests, settings, image):
    place = "k8s"
    found = next(manifest for manifest in manifests if manifest["kind"] == "StatefulSet")
    claims = {manifest["metadata"]["name"]: manifest["spec"] for manifest in manifests
              if manifest["kind"] == "PersistentVolumeClaim"}
    pod = found["spec"]["template"]["spec"]
    node = next(one for one in pod["containers"] if one["name"] == "spexstream")
    given = {**image, **settings}
    bad = [f"{place}: {fault}" for fault in _faults({**given, "SPEX_NODE": "its own"})]
    names = [one.get("valueFrom", {}).get("fieldRef", {}).get("fieldPath") for one in node["env"]
             if one["name"] == "SPEX_NODE"]
    if names != ["metadata.name"] or "SPEX_NODE" in settings:
        bad.append(f"{place}: SPEX_NODE is not the name of the pod")
    mounts = {mount["mountPath"]: mount["name"] for mount in node["volumeMounts"]}
    shared = {volume["name"]: volume.get("persistentVolumeClaim", {}).get("claimName") for volume in pod["volumes"]}
    for key in ("SPEX_OUT", "SPEX_ALLOW__0"):
        claim = claims.get(shared.get(mounts.get(given[key])), {})
        if claim.get("accessModes") != ["ReadWriteMany"]:
            bad.append(f"{place}: {given[key]} is no volume that all nodes can mount")
    own = {template["metadata"]["name"] for template in found["spec"]["volumeClaimTemplates"]}
    if mounts.get(given["SPEX_DATA"]) not in own:
        bad.append(f"{place}: {given['SPEX_DATA']} is no volume of a node's own")
    return bad


def _faults(given):
    if not str(given.get("SPEX_JOURNAL", "")).startswith("postgres://"):
        yield "SPEX_JOURNAL is no journal that nodes share"
    for key in ("SPEX_SHARE", "SPEX_NODE", "SPEX_STATION"):
        if not given.get(key):
            yield f"{key} is not set"


def _distinct(place, what, values):
    alike = None in values or len(set(values)) < len(values)
    return [f"{place}: {what} is not each node's own: {values}"] if alike else []


def _source(service, path):
    """What is mounted at a path."""
    # Variables of compose hold colons, too.
    mounts = (re.sub(r"\$\{[^}]*\}", "variable", volume).split(":") for volume in service["volumes"])
    return next((mount[0] for mount in mounts if mount[1] == path), None)


def _image(dockerfile):
    """Settings that the image brings."""
    with open(dockerfile, encoding="utf-8") as text:
        return dict(re.findall(r"\b(SPEX_(?:DATA|OUT|ALLOW__0))=(/\S+)", text.read()))


def _read(path):
    with open(path, encoding="utf-8") as text:
        return [document for document in yaml.safe_load_all(text) if document]


sys.exit(main(sys.argv[1]))
