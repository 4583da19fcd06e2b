using System.Diagnostics.CodeAnalysis;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// What was found of the scene that was looked at last: who finds that another node was first comes to it again. And of
/// which scenes somebody was told that nothing can be found. One task at a time.
/// </summary>
internal sealed class SceneNotes<T>
{
    private const int MostTold = 4096;
    private readonly HashSet<(SceneId Scene, int Revision)> _told = [];
    private (SceneId Scene, int Revision, RuleSet Rules, T Found)? _last;

    /// <summary>Gives what was found, where this revision of the scene was the last, under the same rules.</summary>
    public bool TryGet(ScenePasses passes, RuleSet rules, [MaybeNullWhen(false)] out T found)
    {
        found = default;
        if (_last is not { } last || !ReferenceEquals(last.Rules, rules)
            || (last.Scene, last.Revision) != (passes.Scene, passes.Revision))
        {
            return false;
        }

        found = last.Found;
        return true;
    }

    /// <summary>Keeps what was found, in place of what was found of the scene before.</summary>
    public void Keep(ScenePasses passes, RuleSet rules, T found) =>
        _last = (passes.Scene, passes.Revision, rules, found);

    /// <summary>Notes that somebody is told of this revision of the scene; false where he was. After very many scenes
    /// one may be told again.</summary>
    public bool TryTell(ScenePasses passes)
    {
        if (_told.Count >= MostTold)
        {
            _told.Clear();
        }

        return _told.Add((passes.Scene, passes.Revision));
    }
}
