using System.Security.Cryptography;
using System.Text;

namespace SpexStream.Domain.Scenes;

/// <summary>
/// The trace that everything about a scene is told under (W3C Trace Context, level 1): that of the announcement which
/// opened it. Where that had none, one that follows from the scene's id, so that it is the same on every node and after
/// every restart.
/// </summary>
public static class SceneTrace
{
    private const int TraceBytes = 16;
    private const int ParentBytes = 8;

    /// <summary>The whole trace context, 55 characters.</summary>
    public static string Of(SceneSpec scene) => scene.TraceParent ?? Made(scene);

    /// <summary>The trace's id alone, 32 hex digits, for log lines.</summary>
    public static string IdOf(SceneSpec scene) => IdOf(Of(scene));

    /// <summary>The id alone of a whole trace context.</summary>
    public static string IdOf(string context) => context.Split('-')[1];

    // Nobody asked for it to be recorded: the flag stays off.
    private static string Made(SceneSpec scene)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"spexstream/scene/{scene.Id.Value}"));
        var trace = Convert.ToHexStringLower(digest.AsSpan(0, TraceBytes));
        var parent = Convert.ToHexStringLower(digest.AsSpan(TraceBytes, ParentBytes));
        return $"00-{trace}-{parent}-00";
    }
}
