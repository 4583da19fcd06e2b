using SpexStream.Tests.Devices;
using SpexStream.Tests.Pipeline;

namespace SpexStream.Tests.Actors;

/// <summary>On Akka.NET.</summary>
public sealed class AkkaRuntimeTests(StripFiles files) : RuntimeTests(files, RuntimeKind.Akka);

/// <summary>On Akka.NET.</summary>
public sealed class AkkaRecoveryTests(StripFiles files) : RecoveryTests(files, RuntimeKind.Akka);

/// <summary>On Akka.NET.</summary>
public sealed class AkkaOrderTests(StripFiles files) : OrderTests(files, RuntimeKind.Akka);

/// <summary>On Akka.NET.</summary>
public sealed class AkkaSameProductsTests(StripFiles files) : SameProductsTests(files, RuntimeKind.Akka);

/// <summary>On Akka.NET.</summary>
public sealed class AkkaFailureTests(StripFiles files) : FailureTests(files, RuntimeKind.Akka);

/// <summary>On Akka.NET.</summary>
public sealed class AkkaEndedSceneTests(StripFiles files) : EndedSceneTests(files, RuntimeKind.Akka);

/// <summary>On Akka.NET.</summary>
public sealed class AkkaHungReadTests(StripFiles files) : HungReadTests(files, RuntimeKind.Akka);

/// <summary>On Akka.NET.</summary>
public sealed class AkkaChangedFileTests(StripFiles files) : ChangedFileTests(files, RuntimeKind.Akka);

/// <summary>On Akka.NET.</summary>
public sealed class AkkaModelDeviceTests(StripFiles files) : ModelDeviceTests(files, RuntimeKind.Akka);

/// <summary>On Akka.NET.</summary>
public sealed class AkkaSecondOpinionTests(StripFiles files) : SecondOpinionTests(files, RuntimeKind.Akka);
