using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("SpexStream.Tests")]
