using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Of which scenes somebody was told that something cannot be found. One task at a time.</summary>
internal sealed class ToldScenes
{
    private const int Most = 4096;
    private readonly HashSet<(SceneId Scene, int Revision)> _told = [];

    /// <summary>Notes that somebody is told of this revision of the scene; false where he was. After very many scenes
    /// one may be told again.</summary>
    public bool TryTell(ScenePasses passes)
    {
        if (_told.Count >= Most)
        {
            _told.Clear();
        }

        return _told.Add((passes.Scene, passes.Revision));
    }
}
