namespace SpexStream.Daemon.Pages;

/// <summary>Tables.</summary>
internal static class HtmlTable
{
    /// <summary>A table with a row for each item.</summary>
    /// <param name="heads">Of the columns; may be empty.</param>
    /// <param name="items">What is shown.</param>
    /// <param name="cells">An item's cells, as many as there are heads.</param>
    /// <param name="kind">The class of an item's row; null for none.</param>
    /// <param name="id">The table's id; null for none.</param>
    public static Html Of<T>(
        string[] heads, IEnumerable<T> items, Func<T, Html[]> cells, Func<T, string>? kind = null,
        string id = "") => Html.Of($"""
            <table{Attribute("id", id)}><thead><tr>{Html.Each(heads, head => Html.Of($"<th>{head}</th>"))}</tr></thead>
            <tbody>{Html.Each(items, item => Row(cells(item), kind?.Invoke(item) ?? ""))}</tbody></table>
            """);

    private static Html Row(Html[] cells, string kind) => Html.Of(
        $"<tr{Attribute("class", kind)}>{Html.Each(cells, cell => Html.Of($"<td>{cell}</td>"))}</tr>\n");

    private static Html Attribute(string name, string value) =>
        value.Length == 0 ? Html.None : Html.Of($" {name}=\"{value}\"");
}
