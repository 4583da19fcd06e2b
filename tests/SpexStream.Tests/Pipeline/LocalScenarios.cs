using SpexStream.Tests.Devices;

namespace SpexStream.Tests.Pipeline;

/// <summary>On the in-process runtime.</summary>
public sealed class LocalRuntimeTests(StripFiles files) : RuntimeTests(files, RuntimeKind.Local);

/// <summary>On the in-process runtime.</summary>
public sealed class LocalRecoveryTests(StripFiles files) : RecoveryTests(files, RuntimeKind.Local);

/// <summary>On the in-process runtime.</summary>
public sealed class LocalOrderTests(StripFiles files) : OrderTests(files, RuntimeKind.Local);

/// <summary>On the in-process runtime.</summary>
public sealed class LocalSameProductsTests(StripFiles files) : SameProductsTests(files, RuntimeKind.Local);

/// <summary>On the in-process runtime.</summary>
public sealed class LocalFailureTests(StripFiles files) : FailureTests(files, RuntimeKind.Local);

/// <summary>On the in-process runtime.</summary>
public sealed class LocalEndedSceneTests(StripFiles files) : EndedSceneTests(files, RuntimeKind.Local);

/// <summary>On the in-process runtime.</summary>
public sealed class LocalHungReadTests(StripFiles files) : HungReadTests(files, RuntimeKind.Local);

/// <summary>On the in-process runtime.</summary>
public sealed class LocalChangedFileTests(StripFiles files) : ChangedFileTests(files, RuntimeKind.Local);

/// <summary>On the in-process runtime.</summary>
public sealed class LocalModelDeviceTests(StripFiles files) : ModelDeviceTests(files, RuntimeKind.Local);

/// <summary>On the in-process runtime.</summary>
public sealed class LocalSecondOpinionTests(StripFiles files) : SecondOpinionTests(files, RuntimeKind.Local);
