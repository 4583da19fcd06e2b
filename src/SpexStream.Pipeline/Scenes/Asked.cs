namespace SpexStream.Pipeline.Scenes;

/// <summary>What came of asking a model.</summary>
internal enum Asked
{
    /// <summary>The answer is known without it.</summary>
    NeedNot,

    /// <summary>The question lies in a batch.</summary>
    Waits,

    /// <summary>The device failed or ends; nothing was asked.</summary>
    DeviceIsOut,
}
