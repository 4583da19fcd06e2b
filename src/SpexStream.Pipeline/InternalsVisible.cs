using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("SpexStream.Tests")]
[assembly: InternalsVisibleTo("SpexStream.Benchmarks")]
