using System.Xml.Linq;

namespace SpexStream.Tests.Contract;

/// <summary>Whether a newer XML message still says all that an older one said, in its order; it may say more.</summary>
internal static class XmlExtension
{
    /// <summary>What the older one said that the newer one does not.</summary>
    public static IEnumerable<string> Lost(XElement older, XElement newer, string path)
    {
        if (!older.HasElements && older.Value != newer.Value)
        {
            yield return $"{path} was {older.Value}, is {newer.Value}";
        }

        foreach (var attribute in older.Attributes().Where(each => newer.Attribute(each.Name)?.Value != each.Value))
        {
            yield return $"{path} had {attribute}";
        }

        // Each must be found behind the one before: CAP tells elements by their order.
        var next = newer.Elements().ToList();
        foreach (var element in older.Elements())
        {
            var found = next.FindIndex(other => other.Name == element.Name && !Lost(element, other, path).Any());
            if (found < 0)
            {
                yield return $"{path}: {element} is gone";
                continue;
            }

            next.RemoveRange(0, found + 1);
        }
    }
}
