using System.Text;
using System.Xml;
using System.Xml.Schema;
using Xunit;

namespace SpexStream.Tests.Wire;

/// <summary>Checks CAP messages by our own statement of its rules.</summary>
internal static class CapChecker
{
    private static readonly XmlSchemaSet Schema = Load();

    public static string PathOfSchema { get; } =
        Path.Combine(Architecture.Repository.Root, "docs/schemas/cap-1.2.xsd");

    /// <summary>The document, when it keeps the rules.</summary>
    public static XmlDocument Valid(ReadOnlyMemory<byte> message)
    {
        var faults = new List<string>();
        var document = Read(message, faults);
        Assert.Empty(faults);
        foreach (XmlElement polygon in document.GetElementsByTagName("polygon"))
        {
            var places = polygon.InnerText.Split(' ');
            Assert.Equal(places[0], places[^1]);
        }

        return document;
    }

    public static XmlDocument Read(ReadOnlyMemory<byte> message, List<string> faults)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = Schema };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, fault) => faults.Add(fault.Message);
        using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(message.Span)), settings);
        var document = new XmlDocument();
        document.Load(reader);
        return document;
    }

    private static XmlSchemaSet Load()
    {
        var schema = new XmlSchemaSet();
        schema.Add(
            "urn:oasis:names:tc:emergency:cap:1.2",
            Path.Combine(Architecture.Repository.Root, "docs/schemas/cap-1.2.xsd"));
        return schema;
    }
}
