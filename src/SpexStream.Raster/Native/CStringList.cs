using System.Runtime.InteropServices;
using System.Text;

namespace SpexStream.Raster.Native;

/// <summary>A null-terminated array of C strings, as GDAL takes options and driver names. Freed on dispose.</summary>
internal readonly unsafe ref struct CStringList
{
    private readonly byte** _list;

    public CStringList(IReadOnlyCollection<string> items)
    {
        var bytes = items.Sum(item => Encoding.UTF8.GetByteCount(item) + 1);
        _list = (byte**)NativeMemory.Alloc((nuint)(((items.Count + 1) * sizeof(byte*)) + bytes));
        var text = (byte*)(_list + items.Count + 1);
        var index = 0;
        foreach (var item in items)
        {
            _list[index++] = text;
            var written = Encoding.UTF8.GetBytes(item, new Span<byte>(text, bytes));
            text[written] = 0;
            text += written + 1;
        }

        _list[index] = null;
    }

    public byte** Pointer => _list;

    public void Dispose() => NativeMemory.Free(_list);
}
