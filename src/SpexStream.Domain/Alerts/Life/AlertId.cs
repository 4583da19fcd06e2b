using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>
/// One alert from its first message to its last. Made from what raised it, so that whoever judges the same pass again
/// gives the same id.
/// </summary>
/// <param name="Value">32 hex digits.</param>
public readonly record struct AlertId(string Value)
{
    /// <summary>The id of the alert that a pass raises.</summary>
    public static AlertId Of(RuleId rule, AreaId area, SceneId scene, int revision)
    {
        // No id holds a slash.
        var text = string.Create(CultureInfo.InvariantCulture, $"{rule}/{area}/{scene}/{revision}");
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
