using SpexStream.Domain.Reliability;
using Xunit;

namespace SpexStream.Tests.Reliability;

public sealed class HungFilesTests
{
    [Fact]
    public void A_file_that_hangs_is_known_until_its_call_has_come_back()
    {
        var files = HungFiles.None.With("/a/1.tif");
        Assert.True(files.Holds("/a/1.tif"));
        Assert.False(files.Holds("/a/2.tif"));
        Assert.False(files.Without("/a/1.tif").Holds("/a/1.tif"));
    }

    [Fact]
    public void Two_files_that_hang_condemn_their_folder_and_no_other_one()
    {
        var files = HungFiles.None.With("/a/1.tif").With("/a/2.tif").With("/b/3.tif");
        Assert.True(files.Holds("/a/new.tif"));
        Assert.False(files.Holds("/b/new.tif"));
        Assert.False(files.Holds("/a/inner/new.tif"));
        Assert.False(files.Without("/a/2.tif").Holds("/a/new.tif"));
    }

    [Fact]
    public void One_file_with_two_calls_out_is_one_file()
    {
        var files = HungFiles.None.With("/a/1.tif").With("/a/1.tif");
        Assert.False(files.Holds("/a/2.tif"));
        Assert.True(files.Without("/a/1.tif").Holds("/a/1.tif"));
        Assert.Equal(0, files.Without("/a/1.tif").Without("/a/1.tif").Count);
    }
}
