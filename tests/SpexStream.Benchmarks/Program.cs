using SpexStream.Benchmarks;

// Verbs for eng/bench.sh; each prints one JSON object on standard output.
string[] arguments = [.. args.Skip(1)];
switch (args.FirstOrDefault())
{
    case "make-scene":
        MakeScene.Run(arguments);
        return 0;
    case "read":
        ReadBench.Run(arguments);
        return 0;
    case "kernel":
        KernelBench.Run(arguments);
        return 0;
    case "label":
        LabelBench.Run(arguments);
        return 0;
    case "outline":
        OutlineBench.Run(arguments);
        return 0;
    case "cog":
        CogBench.Run(arguments);
        return 0;
    case "latency":
        await LatencyBench.RunAsync(arguments);
        return 0;
    case "journal":
        await JournalBench.RunAsync(arguments);
        return 0;
#if SPEX_AKKA
    case "runtime":
        await SpexStream.Benchmarks.Actors.RuntimeBench.RunAsync(arguments);
        return 0;
#endif
    case "appends":
        await AppendBench.RunAsync(arguments);
        return 0;
    case "model":
        await ModelBench.RunAsync(arguments);
        return 0;
    case "second":
        await SecondBench.RunAsync(arguments);
        return 0;
    case "alerts":
        AlertBench.Run(arguments);
        return 0;
    case "judging":
        await JudgeBench.RunAsync(arguments);
        return 0;
    case "agreement":
        AgreementBench.Run(arguments);
        return 0;
    case "decode":
        DecodeBench.Run(arguments);
        return 0;
    default:
        Console.Error.WriteLine(
            "verbs: make-scene FILE SIDE | read FILE bare|both | kernel SCENE SIDE | label MASK SIDE | "
            + "outline MASK SIDE | cog MASK SIDE FILE | latency STRIP PORT STATION FOLDER SCENES | "
            + "journal FILE FOLDER ROUNDS | model FILE PLAIN SIDE FOLDER TILE DEVICES BATCH MILLISECONDS ROUNDS | "
            + "second FILE PLAIN SIDE FOLDER TILE MILLISECONDS ROUNDS | "
            + "runtime FILE FOLDER ROUNDS (with Akka.NET) | decode FOLDER TOKENS ROUNDS | "
            + "appends FOLDER-OR-DATABASE CALLERS SECONDS | alerts AREAS SIDE THREADS ROUNDS | "
            + "judging AREAS SIDE THREADS ROUNDS FOLDER | agreement AREAS SIDE THREADS ROUNDS");
        return 2;
}
