#!/usr/bin/python3
"""Writes the dashboards of deploy/grafana/dashboards from the tables below.

  python3 eng/deploy/dashboards.py           writes them
  python3 eng/deploy/dashboards.py --check   exit code 1 where a file is not what would be written

A panel is (title, kind, unit, what it tells, queries); a query is (text, legend). %of% stands for the matchers of the
chosen station and node, %st% for those of the station alone.
"""
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "deploy" / "grafana" / "dashboards"
SOURCE = {"type": "prometheus", "uid": "prometheus"}
STATION = 'station=~"$station"'
NODE = STATION + ', instance=~"$instance"'
WIDTH = {"stat": 4, "graph": 12, "table": 24, "heat": 12}
HEIGHT = {"stat": 4, "graph": 8, "table": 8, "heat": 8}


def quantile(share, name, by, window="$__rate_interval"):
    return f"histogram_quantile({share}, sum by ({by}, le) (rate({name}_bucket{{%of%}}[{window}])))"


BOARDS = {
    "station": ("Station overview", "What comes in, what goes out, and whether it is in time.", [
        ("Daemons that answer", "stat", "short", "Of those that Prometheus scrapes.",
         [("sum(up{job=\"spexstream\", %of%})", "answer")]),
        ("Broker", "stat", "bool_on_off", "Whether every daemon has its connections.",
         [("min(spex_broker_connected{%of%})", "broker")]),
        ("Canary", "stat", "s", "Since a message of a daemon to itself came back through the broker.",
         [("max(spex_canary_age_seconds{%of%})", "age")]),
        ("Oldest message", "stat", "s", "How long a message has waited for the broker.",
         [("max(spex_outbox_oldest_seconds{%of%})", "age")]),
        ("Scenes at work", "stat", "short", "Open scenes of all nodes.", [("sum(spex_scenes_open{%of%})", "open")]),
        ("Open alerts", "stat", "short", "Alerts on the ground, not of the machines.",
         [("sum by (class, severity) (max by (class, severity, state) (spex_alerts_open{%st%})) or on() vector(0)",
           "{{class}} {{severity}}")]),
        ("Nodes that are ready", "stat", "short", "Of those that answer; the board Cluster says what keeps the others.",
         [("sum(min by (station, instance) (spex_ready{%of%}))", "ready")]),
        ("Alerts behind", "stat", "s", "How long the oldest product has waited for the alert rules.",
         [("max(spex_alerts_behind_seconds{%of%})", "age")]),
        ("Oldest work", "stat", "s", "How long anything has been in any queue.",
         [("max(spex_queue_oldest_seconds{%of%})", "age")]),
        ("Least free disk", "stat", "bytes", "Of data and products, of all nodes.",
         [("min(spex_disk_free_bytes{%of%})", "free")]),
        ("Dead letters today", "stat", "short", "What was refused or given up within a day.",
         [("sum(increase(spex_deadletter_total{%of%}[1d])) or on() vector(0)", "letters")]),
        ("Strips today", "stat", "short", "Accepted within a day.",
         [("sum(increase(spex_strips_received_total{%of%, result=\"accepted\"}[1d])) or on() vector(0)", "strips")]),
        ("Alarms", "table", "short", "What fires now; each has a section in the runbook.",
         [("ALERTS{alertname=~\"Spex.+\", alertname!=\"SpexWatchdog\", alertstate=\"firing\"}", "")]),
        ("Strips", "graph", "short", "Announcements in an hour, by result.",
         [("sum by (result) (increase(spex_strips_received_total{%of%}[1h]))", "{{result}}")]),
        ("Revisions of scenes", "graph", "short", "That ended within an hour, by result.",
         [("sum by (platform, result) (increase(spex_scenes_closed_total{%of%}[1h]))", "{{platform}} {{result}}")]),
        ("Timeliness", "graph", "s", "From the last row sensed to the products in place: 95 of 100 are faster, in a day.",
         [("spex:timeliness_seconds:p95_1d{%st%}", "{{platform}}")]),
        ("Late scenes", "graph", "percentunit", "Share later than 600 s, or without a product; the objective is 5 %.",
         [("spex:late:ratio6h{%st%}", "{{platform}} in 6 h"), ("spex:late:ratio3d{%st%}", "{{platform}} in 3 days"),
          ("vector(0.05)", "objective")]),
        ("Completeness", "graph", "percentunit", "Of the scene closed last, by platform.",
         [("min by (platform) (spex_scene_completeness_ratio{%of%})", "{{platform}}")]),
        ("Strips that did not come", "graph", "percentunit", "Share within a day.",
         [("spex:strips_missing:ratio1d{%st%}", "{{platform}}")]),
        ("Dead letters", "graph", "short", "In an hour, by stage and reason.",
         [("sum by (stage, reason) (increase(spex_deadletter_total{%of%}[1h]))", "{{stage}} {{reason}}")]),
        ("Changes of alerts", "graph", "short", "In an hour, by what they became.",
         [("sum by (transition) (increase(spex_alert_transitions_total{%of%}[1h]))", "{{transition}}")]),
        ("Free disk", "graph", "bytes", "Below the floor no strip is taken.",
         [("spex_disk_free_bytes{%of%}", "{{instance}} {{folder}}")]),
        ("Deleted by retention", "graph", "Bps", "By class.",
         [("sum by (class) (rate(spex_retention_deleted_bytes_total{%of%}[1h]))", "{{class}}")]),
        ("Commands", "graph", "short", "In an hour, by verb and what became of them.",
         [("sum by (verb, status) (increase(spex_commands_total{%of%}[1h]))", "{{verb}} {{status}}")]),
    ]),
    "scene": ("A scene's life", "The way of the data, stage by stage. Metrics know no ids of scenes: for one scene ask "
              "`spexstream status`, its state topic, or the log by its trace.", [
        ("Header", "graph", "s", "Opening and checking an announced raster.",
         [(quantile(share, "spex_stage_latency_seconds", "stage").replace("%of%", "%of%, stage=\"header\""), name)
          for share, name in ((0.5, "half"), (0.95, "95 %"))]),
        ("Intake and admission", "graph", "short", "Strips between the broker and their scene.",
         [("sum by (stage) (spex_queue_depth{%of%, stage=~\"ingest|intake|admission|pending\"})", "{{stage}}")]),
        ("Tiles", "graph", "s", "One tile on a worker thread, 95 of 100 are faster.",
         [(quantile(0.95, "spex_stage_latency_seconds", "stage").replace("%of%", "%of%, stage=~\"survey|classify\""),
           "{{stage}}")]),
        ("Tiles ready and running", "graph", "short", "And those that may still become ready before strips wait.",
         [("sum by (stage) (spex_queue_depth{%of%, stage=~\"tiles|dispatch\"})", "{{stage}}"),
          ("sum(spex_credits_available{%of%})", "credits")]),
        ("Tiles answered", "graph", "ops", "By what answered.",
         [("sum by (backend, reason) (spex:tiles:rate5m{%of%})", "{{backend}} {{reason}}")]),
        ("Tiles given up and tried again", "graph", "short", "In an hour.",
         [("sum(increase(spex_tiles_given_up_total{%of%}[1h]))", "given up"),
          ("sum(increase(spex_retries_total{%of%}[1h]))", "tried again")]),
        ("Products", "graph", "s", "Putting the products of a scene together.",
         [(quantile(share, "spex_stage_latency_seconds", "stage").replace("%of%", "%of%, stage=\"assemble\""), name)
          for share, name in ((0.5, "half"), (0.95, "95 %"))]),
        ("Journal", "graph", "short", "Writes that wait, messages on their way out.",
         [("sum by (stage) (spex_queue_depth{%of%, stage=~\"journal|relay|outbox|wire\"})", "{{stage}}"),
          ("sum(spex_outbox_waiting{%of%})", "in the journal")]),
        ("Acknowledgements", "graph", "s", "From sending a message to the broker's answer, and to ourselves and back.",
         [("spex:publish_ack_seconds:p95_5m{%of%}", "acknowledged {{instance}}"),
          (quantile(0.95, "spex_canary_seconds", "instance"), "canary {{instance}}")]),
        ("Timeliness", "heat", "s", "Scenes by the time from the last row sensed to the products.",
         [("sum by (le) (increase(spex_scene_timeliness_seconds_bucket{%of%}[1h]))", "{{le}}")]),
        ("Stages that stand still", "graph", "s", "How long a stage with work has made no progress.",
         [("max by (stage) (spex_stage_waiting_seconds{%of%})", "{{stage}}"),
          ("max by (stage) (spex_stage_stalled{%of%}) > 0", "{{stage}} stalled")]),
        ("Oldest work", "graph", "s", "How long the oldest piece has been in a queue.",
         [("max by (stage) (spex_queue_oldest_seconds{%of%})", "{{stage}}")]),
        ("Explanations turned down", "graph", "short", "In an hour, by reason.",
         [("sum by (reason) (increase(spex_explanations_rejected_total{%of%}[1h]))", "{{reason}}")]),
    ]),
    "devices": ("Devices", "What computes, how busy it is, and what it cannot do.", [
        ("Devices at work", "stat", "short", "That get work now.", [("sum(spex_device_serving{%of%})", "serving")]),
        ("Models open", "stat", "short", "Two while scenes of the older one are at work.",
         [("max(spex_models_open{%of%})", "open")]),
        ("Processor for a card", "stat", "short", "Devices whose work the processor does.",
         [("sum(spex_device_fallback{%of%})", "fallen back")]),
        ("Hung reads", "stat", "short", "Reads of rasters that have not come back.",
         [("sum(spex_hung_reads{%of%})", "hung")]),
        ("Busy", "graph", "percentunit", "Share of its time that a device computes.",
         [("spex:device_busy:ratio5m{%of%}", "{{instance}} {{device}}")]),
        ("Batches", "graph", "percentunit", "How full they are, on average.",
         [("sum by (device) (rate(spex_device_batch_fill_ratio_sum{%of%}[5m])) "
           "/ sum by (device) (rate(spex_device_batch_fill_ratio_count{%of%}[5m]))", "{{device}}")]),
        ("Busy now", "graph", "percentunit", "Of the last minute, by the batches that ended in it.",
         [("spex_gpu_busy_ratio{%of%}", "{{instance}} {{device}}")]),
        ("Tiles in a batch", "graph", "short", "On average.",
         [("sum by (device) (rate(spex_gpu_batch_size_sum{%of%}[5m])) "
           "/ sum by (device) (rate(spex_gpu_batch_size_count{%of%}[5m]))", "{{device}}")]),
        ("Where the time goes", "graph", "s", "Of a batch, on average: waiting, to the device, computing, back.",
         [(f"sum by (device) (rate(spex_device_{part}_seconds_sum{{%of%}}[5m])) "
           f"/ sum by (device) (rate(spex_device_{part}_seconds_count{{%of%}}[5m]))", "{{device}} " + part)
          for part in ("queue", "input", "infer", "output")]),
        ("Pixels", "graph", "short", "Classified in a second.",
         [("sum by (instance) (rate(spex_pixels_classified_total{%of%}[5m]))", "{{instance}}")]),
        ("Failures", "graph", "short", "In an hour, by kind.",
         [("sum by (device, kind) (increase(spex_device_failures_total{%of%}[1h]))", "{{device}} {{kind}}")]),
        ("Rules in place of the model", "graph", "short", "Tiles in an hour, by reason.",
         [("sum by (reason) (increase(spex_degraded_total{%of%}[1h]))", "{{reason}}")]),
        ("Tiles at once", "graph", "short", "What a device is given; less after it ran out of memory.",
         [("spex_device_batch_limit{%of%}", "{{instance}} {{device}}")]),
        ("Memory", "graph", "bytes", "Of the sessions of a device.",
         [("spex_device_memory_bytes{%of%}", "{{instance}} {{device}}")]),
        ("New versions of the model", "graph", "short", "In a day, by outcome.",
         [("sum by (outcome) (increase(spex_model_swaps_total{%of%}[1d]))", "{{outcome}}")]),
    ]),
    "cluster": ("Cluster", "The nodes of a station side by side.", [
        ("Build", "table", "short", "Version and switches of each node.", [("spex_build_info{%of%}", "")]),
        ("Ready", "graph", "bool_on_off", "Whether each node is.",
         [("min by (instance) (spex_ready{%of%})", "{{instance}}")]),
        ("What is not ready", "graph", "short", "The parts that keep a node from it.",
         [("1 - spex_ready{%of%} > 0", "{{instance}} {{part}}")]),
        ("Shards", "graph", "short", "Of scenes, by node; with the Akka.NET runtime.",
         [("spex_shards{%of%}", "{{instance}}")]),
        ("Scenes", "graph", "short", "Open, by node.", [("spex_scenes_open{%of%}", "{{instance}}")]),
        ("Leases", "graph", "short", "By node and kind; with a journal that nodes share.",
         [("spex_leases_held{%of%}", "{{instance}} {{kind}}")]),
        ("Take-overs", "graph", "short", "Scenes in an hour that somebody else had begun.",
         [("increase(spex_scene_takeovers_total{%of%}[1h])", "{{instance}}")]),
        ("Strips for other nodes", "graph", "short", "Accepted, and not taken up yet.",
         [("max by (station) (spex_inbox_depth{%of%})", "{{station}}")]),
        ("Tiles for other nodes", "graph", "ops", "As each node sees it.",
         [("sum by (instance, direction) (rate(spex_tiles_shared_total{%of%}[5m]))", "{{instance}} {{direction}}")]),
        ("Queues", "graph", "percentunit", "The fullest of each node, against its bound.",
         [("max by (instance) (spex:queue_filled:ratio{%of%})", "{{instance}}")]),
        ("Buffers", "graph", "bytes", "By node and what they hold.",
         [("sum by (instance, stage) (spex_buffer_bytes{%of%})", "{{instance}} {{stage}}")]),
        ("Starts", "graph", "short", "Of each node in a day, and of all daemons on its journal.",
         [("changes(process_start_time_seconds{job=\"spexstream\", %of%}[1d])", "{{instance}}"),
          ("increase(spex_restarts_total{%of%}[1d])", "journal of {{instance}}")]),
        ("Memory", "graph", "bytes", "Of the process.",
         [("dotnet_process_memory_working_set_bytes{%of%}", "{{instance}}")]),
        ("Processor", "graph", "short", "Cores in use.",
         [("sum by (instance) (rate(dotnet_process_cpu_time_seconds_total{%of%}[5m]))", "{{instance}}")]),
        ("Pauses", "graph", "percentunit", "Share of the time that collections of garbage stop everything.",
         [("rate(dotnet_gc_pause_time_seconds_total{%of%}[5m])", "{{instance}}")]),
        ("Restarted connections", "graph", "bool_on_off", "Whether the broker is connected.",
         [("spex_broker_connected{%of%}", "{{instance}}")]),
    ]),
}

KIND = {"stat": "stat", "graph": "timeseries", "table": "table", "heat": "heatmap"}


def panel(number, title, kind, unit, tells, queries, at):
    targets = [
        {
            "refId": chr(ord("A") + index),
            "datasource": SOURCE,
            "expr": query.replace("%of%", NODE).replace("%st%", STATION),
            "legendFormat": legend,
            **({"format": "table", "instant": True} if kind == "table" else {}),
            **({"format": "heatmap"} if kind == "heat" else {}),
        }
        for index, (query, legend) in enumerate(queries)
    ]
    return {
        "id": number,
        "title": title,
        "description": tells,
        "type": KIND[kind],
        "datasource": SOURCE,
        "gridPos": {"x": at[0], "y": at[1], "w": WIDTH[kind], "h": HEIGHT[kind]},
        "fieldConfig": {"defaults": {"unit": unit}, "overrides": []},
        "targets": targets,
    }


def places(panels):
    x = y = line = 0
    for _, kind, *_ in panels:
        if x + WIDTH[kind] > 24:
            x, y, line = 0, y + line, 0
        yield x, y
        x, line = x + WIDTH[kind], max(line, HEIGHT[kind])


def choice(name, label, query):
    return {"name": name, "label": label, "type": "query", "datasource": SOURCE, "query": query, "refresh": 2,
            "includeAll": True, "multi": True, "allValue": ".*", "current": {"text": "All", "value": "$__all"}}


def board(uid, title, tells, panels):
    return {
        "uid": f"spexstream-{uid}",
        "title": f"SpexStream: {title}",
        "description": tells,
        "tags": ["spexstream"],
        "schemaVersion": 39,
        "editable": False,
        "refresh": "15s",
        "time": {"from": "now-6h", "to": "now"},
        "timezone": "utc",
        "links": [{"type": "dashboards", "title": "SpexStream", "tooltip": "", "icon": "",
                   "tags": ["spexstream"], "asDropdown": False, "targetBlank": False, "includeVars": True,
                   "keepTime": True}],
        "templating": {"list": [
            choice("station", "Station", "label_values(spex_build_info, station)"),
            choice("instance", "Node", "label_values(spex_build_info{station=~\"$station\"}, instance)"),
        ]},
        "panels": [panel(number + 1, *what, at) for number, (what, at) in enumerate(zip(panels, places(panels)))],
    }


def main():
    check = sys.argv[1:] == ["--check"]
    wrong = []
    for uid, (title, tells, panels) in BOARDS.items():
        path = FOLDER / f"{uid}.json"
        text = json.dumps(board(uid, title, tells, panels), indent=1) + "\n"
        if not check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            wrong.append(str(path))
    if wrong:
        sys.exit("not as eng/deploy/dashboards.py writes them: " + ", ".join(wrong))


if __name__ == "__main__":
    main()
