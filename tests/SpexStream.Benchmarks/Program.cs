using SpexStream.Benchmarks;

// Verbs for eng/bench.sh: each prints one JSON object on standard output.
string[] arguments = [.. args.Skip(1)];
return args.FirstOrDefault() switch
{
    "make-scene" => MakeScene.Run(arguments),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("verbs: make-scene FILE SIDE");
    return 2;
}
