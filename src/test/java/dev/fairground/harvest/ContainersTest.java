package dev.fairground.harvest;

import static dev.fairground.harvest.Packing.bzip2;
import static dev.fairground.harvest.Packing.encrypted;
import static dev.fairground.harvest.Packing.entry;
import static dev.fairground.harvest.Packing.first;
import static dev.fairground.harvest.Packing.gzip;
import static dev.fairground.harvest.Packing.joined;
import static dev.fairground.harvest.Packing.manyTitles;
import static dev.fairground.harvest.Packing.storedWithDescriptor;
import static dev.fairground.harvest.Packing.tar;
import static dev.fairground.harvest.Packing.titles;
import static dev.fairground.harvest.Packing.xz;
import static dev.fairground.harvest.Packing.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainersTest {
  @TempDir Path folder;

  private List<String> harvest(String name, byte[] content) throws IOException {
    return harvest(name, content, HarvestLimits.STANDARD);
  }

  private List<String> harvest(String name, byte[] content, HarvestLimits limits)
      throws IOException {
    return HarvestLog.of(Files.write(folder.resolve(name), content), limits).lines;
  }

  @Test
  void a_plain_file_is_one_document() throws IOException {
    assertThat(harvest("a.txt", titles("One"))).containsExactly("begin a.txt", "One", "end");
  }

  @Test
  void each_compression_is_unpacked() throws IOException {
    var read = List.of("One", "Two", "end");

    assertThat(harvest("a.gz", gzip(titles("One", "Two"))))
        .endsWith("One", "Two", "end")
        .hasSize(4);
    assertThat(harvest("a.bz2", bzip2(titles("One", "Two")))).containsAll(read).hasSize(4);
    assertThat(harvest("a.xz", xz(titles("One", "Two")))).containsAll(read).hasSize(4);
  }

  @Test
  void all_members_of_a_gzip_are_one_document() throws IOException {
    var members = joined(gzip(titles("One")), gzip(new byte[0]), gzip(titles("Two")));

    assertThat(harvest("a.gz", members)).containsExactly("begin a.gz", "One", "Two", "end");
  }

  @Test
  void members_of_other_compressions_are_one_document_too() throws IOException {
    assertThat(harvest("a.bz2", joined(bzip2(titles("One")), bzip2(titles("Two")))))
        .containsExactly("begin a.bz2", "One", "Two", "end");
    assertThat(harvest("a.xz", joined(xz(titles("One")), xz(titles("Two")))))
        .containsExactly("begin a.xz", "One", "Two", "end");
  }

  @Test
  void zeros_and_garbage_behind_a_gzip_are_nothing() throws IOException {
    assertThat(harvest("a.gz", joined(gzip(titles("One")), new byte[70_000])))
        .containsExactly("begin a.gz", "One", "end");
    assertThat(
            harvest(
                "a.gz", joined(gzip(titles("One")), new byte[512], "rubbish".getBytes("UTF-8"))))
        .containsExactly("begin a.gz", "One", "end");
  }

  @Test
  void garbage_behind_other_compressions_is_broken_behind_what_is_good() throws IOException {
    var garbage = titles("rubbish");

    assertThat(harvest("a.bz2", joined(bzip2(titles("One")), garbage)))
        .startsWith("begin a.bz2", "One")
        .hasSize(3)
        .last()
        .asString()
        .startsWith("end ARCHIVE_BROKEN");
    assertThat(harvest("a.xz", joined(xz(titles("One")), garbage)))
        .startsWith("begin a.xz", "One")
        .hasSize(3)
        .last()
        .asString()
        .startsWith("end ARCHIVE_BROKEN");
  }

  @Test
  void a_gzip_that_breaks_off_keeps_what_came_before() throws IOException {
    var whole = gzip(manyTitles(20_000));
    var lines = harvest("a.gz", first(whole.length / 2, whole));

    assertThat(lines.getLast()).isEqualTo("end TRUNCATED (the gzip ends in the middle)");
    assertThat(lines.size()).isGreaterThan(5_000).isLessThan(15_000);
  }

  @Test
  void a_gzip_cut_within_its_checksum_or_its_second_header_breaks_off() throws IOException {
    var one = gzip(titles("One"));

    assertThat(harvest("a.gz", first(one.length - 3, one)))
        .containsExactly("begin a.gz", "One", "end TRUNCATED (the gzip ends in the middle)");
    assertThat(harvest("a.gz", joined(one, first(5, one))))
        .containsExactly("begin a.gz", "One", "end TRUNCATED (the gzip ends in the middle)");
  }

  @Test
  void a_gzip_with_another_checksum_is_broken() throws IOException {
    var broken = gzip(titles("One"));
    broken[broken.length - 8] ^= 1;

    assertThat(harvest("a.gz", broken))
        .containsExactly(
            "begin a.gz",
            "One",
            "end ARCHIVE_BROKEN (the gzip is broken: the checksum is not that of the data)");
  }

  @Test
  void other_compressions_that_break_off_say_so() throws IOException {
    var bzip2 = bzip2(manyTitles(60_000));
    var xz = xz(manyTitles(60_000));

    assertThat(harvest("a.bz2", first(bzip2.length - 5, bzip2)))
        .hasSizeGreaterThan(10_000)
        .endsWith("end TRUNCATED (the bzip2 ends in the middle)");
    assertThat(harvest("a.xz", first(xz.length / 2, xz)))
        .hasSizeGreaterThan(10_000)
        .endsWith("end TRUNCATED (the xz ends in the middle)");
  }

  @Test
  void each_entry_of_a_zip_is_a_document() throws IOException {
    assertThat(
            harvest("a.zip", zip(entry("b.txt", titles("One")), entry("d/c.txt", titles("Two")))))
        .containsExactly("begin a.zip!/b.txt", "One", "end", "begin a.zip!/d/c.txt", "Two", "end");
  }

  @Test
  void a_zip_in_64_bits_is_read() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(bytes)) {
      zip.setUseZip64(Zip64Mode.Always);
      zip.putArchiveEntry(new ZipArchiveEntry("b.txt"));
      zip.write(titles("One"));
      zip.closeArchiveEntry();
    }

    assertThat(harvest("a.zip", bytes.toByteArray()))
        .containsExactly("begin a.zip!/b.txt", "One", "end");
    assertThat(harvest("a.zip.gz", gzip(bytes.toByteArray())))
        .containsExactly("begin a.zip.gz!/b.txt", "One", "end");
  }

  @Test
  void a_stored_entry_with_its_length_behind_it_is_read_by_the_directory_alone()
      throws IOException {
    var zip = storedWithDescriptor("b.txt", titles("One"));

    assertThat(harvest("a.zip", zip)).containsExactly("begin a.zip!/b.txt", "One", "end");
    assertThat(harvest("c.zip", zip(entry("a.zip", zip))))
        .first()
        .isEqualTo(
            "refused c.zip!/a.zip!/b.txt ARCHIVE_BROKEN (packed in a way that cannot be unpacked)");
  }

  @Test
  void an_encrypted_entry_is_refused_as_such() throws IOException {
    assertThat(harvest("a.zip", encrypted(zip(entry("b.txt", titles("One"))))))
        .containsExactly("refused a.zip!/b.txt ARCHIVE_ENCRYPTED");
  }

  @Test
  void a_broken_entry_of_a_zip_takes_no_neighbour_with_it() throws IOException {
    var broken = zip(entry("b.txt", titles("One")), entry("c.txt", titles("Two")));
    // The first byte of what is packed, behind the header of 30 bytes and the name.
    broken[35] ^= 0x7F;

    var lines = harvest("a.zip", broken);
    assertThat(lines.getFirst()).startsWith("refused a.zip!/b.txt ARCHIVE_BROKEN");
    assertThat(lines.subList(1, lines.size())).containsExactly("begin a.zip!/c.txt", "Two", "end");
  }

  @Test
  void an_entry_with_another_checksum_is_broken() throws IOException {
    var broken = storedWithDescriptor("b.txt", titles("One"));
    broken[35 + "title=".length()] = 'A';

    assertThat(harvest("a.zip", broken))
        .containsExactly(
            "begin a.zip!/b.txt",
            "Ane",
            "end ARCHIVE_BROKEN (the zip is broken: the checksum is not that of the data)");
  }

  @Test
  void a_zip_that_breaks_off_keeps_the_entries_before() throws IOException {
    var whole = zip(entry("b.txt", titles("One")), entry("c.txt", manyTitles(20_000)));
    var lines = harvest("a.zip", first(whole.length / 2, whole));

    assertThat(lines).startsWith("begin a.zip!/b.txt", "One", "end", "begin a.zip!/c.txt");
    assertThat(lines.getLast()).isEqualTo("end TRUNCATED (the zip ends in the middle)");
    assertThat(lines.size()).isGreaterThan(5_000).isLessThan(15_000);
  }

  @Test
  void a_zip_that_breaks_off_between_entries_says_so_alone_and_within_another() throws IOException {
    var whole = zip(entry("b.txt", titles("One")));
    var entries = first(new String(whole, Charset.forName("ISO-8859-1")).indexOf("PK\1\2"), whole);

    assertThat(harvest("a.zip", entries))
        .containsExactly(
            "begin a.zip!/b.txt",
            "One",
            "end",
            "refused a.zip TRUNCATED (the zip ends in the middle)");
    assertThat(harvest("c.zip", zip(entry("a.zip", entries), entry("d.txt", titles("Two")))))
        .containsExactly(
            "begin c.zip!/a.zip!/b.txt",
            "One",
            "end",
            "refused c.zip!/a.zip TRUNCATED (the zip ends in the middle)",
            "begin c.zip!/d.txt",
            "Two",
            "end");
  }

  @Test
  void each_entry_of_a_tar_is_a_document_however_it_is_compressed() throws IOException {
    var tar = tar(entry("d/b.txt", titles("One")), entry("c".repeat(200), titles("Two")));
    var read = List.of("One", "end", "Two");

    assertThat(harvest("a.tar", tar))
        .containsExactly(
            "begin a.tar!/d/b.txt", "One", "end", "begin a.tar!/" + "c".repeat(200), "Two", "end");
    assertThat(harvest("a.tgz", gzip(tar))).containsAll(read).hasSize(6);
    assertThat(harvest("a.tar.bz2", bzip2(tar))).containsAll(read).hasSize(6);
    assertThat(harvest("a.tar.xz", xz(tar))).containsAll(read).hasSize(6);
  }

  @Test
  void a_tar_that_breaks_off_keeps_the_entries_before() throws IOException {
    var whole = tar(entry("b.txt", titles("One")), entry("c.txt", manyTitles(20_000)));
    var packed = gzip(whole);

    assertThat(harvest("a.tar", first(whole.length / 2, whole)))
        .startsWith("begin a.tar!/b.txt", "One", "end", "begin a.tar!/c.txt")
        .endsWith("end TRUNCATED (the tar ends in the middle)")
        .hasSizeGreaterThan(5_000);
    assertThat(harvest("a.tar.gz", first(packed.length / 2, packed)))
        .startsWith("begin a.tar.gz!/b.txt", "One", "end", "begin a.tar.gz!/c.txt")
        .endsWith("end TRUNCATED (the gzip ends in the middle)")
        .hasSizeGreaterThan(5_000);
  }

  @Test
  void a_tar_with_a_broken_header_keeps_the_entries_before() throws IOException {
    var broken = tar(entry("b.txt", titles("One")), entry("c.txt", titles("Two")));
    // The second header begins behind the first one and one block of content.
    java.util.Arrays.fill(broken, 1_024, 1_536, (byte) 'x');

    var lines = harvest("a.tar", broken);
    assertThat(lines).startsWith("begin a.tar!/b.txt", "One", "end").hasSize(4);
    assertThat(lines.getLast()).startsWith("refused a.tar ARCHIVE_BROKEN");
  }

  @Test
  void a_broken_archive_within_an_archive_takes_no_neighbour_with_it() throws IOException {
    var inner = gzip(manyTitles(1_000));
    var lines =
        harvest(
            "a.zip",
            zip(entry("b.gz", first(inner.length / 2, inner)), entry("c.txt", titles("Two"))));

    assertThat(lines)
        .contains("end TRUNCATED (the gzip ends in the middle)")
        .endsWith("begin a.zip!/c.txt", "Two", "end");
  }

  @Test
  void archives_are_opened_three_deep_and_no_deeper() throws IOException {
    var one = zip(entry("1.txt", titles("One")));
    var two = tar(entry("2.zip", one));
    var three = zip(entry("3.tar.gz", gzip(two)));
    var four = zip(entry("4.zip", three), entry("5.txt", titles("Two")));

    assertThat(harvest("a.zip", three))
        .containsExactly("begin a.zip!/3.tar.gz!/2.zip!/1.txt", "One", "end");
    assertThat(harvest("a.zip", four))
        .containsExactly(
            "refused a.zip!/4.zip!/3.tar.gz!/2.zip ARCHIVE_TOO_DEEP",
            "begin a.zip!/5.txt",
            "Two",
            "end");
  }

  @Test
  void a_gzip_of_a_gzip_of_a_gzip_of_a_gzip_is_too_deep() throws IOException {
    assertThat(harvest("a.gz", gzip(gzip(gzip(titles("One"))))))
        .containsExactly("begin a.gz", "One", "end");
    assertThat(harvest("a.gz", gzip(gzip(gzip(gzip(titles("One")))))))
        .containsExactly("refused a.gz ARCHIVE_TOO_DEEP");
  }

  @Test
  void more_bytes_than_allowed_end_the_file_and_keep_what_came_before() throws IOException {
    var limits = new HarvestLimits(10_000, 1_000, 1_000_000, 100);
    var archive =
        zip(
            entry("b.txt", titles("One")),
            entry("c.txt", manyTitles(1_000)),
            entry("d.txt", titles("Two")));

    assertThat(harvest("a.zip", archive, limits))
        .startsWith("begin a.zip!/b.txt", "One", "end", "begin a.zip!/c.txt")
        .endsWith("end ARCHIVE_BOMB (more than 10,000 bytes)")
        .doesNotContain("Two");
  }

  @Test
  void the_ratio_is_looked_at_only_beyond_what_a_small_file_unpacks_to() throws IOException {
    var limits = new HarvestLimits(1_000_000_000, 200, 5_000_000, 100);
    var zeros = joined(titles("One"), new byte[4_000_000]);

    assertThat(harvest("a.gz", gzip(zeros), limits).getLast()).isEqualTo("end");
    assertThat(harvest("b.gz", gzip(joined(zeros, new byte[4_000_000])), limits).getLast())
        .startsWith("end ARCHIVE_BOMB");
    assertThat(harvest("c.gz", gzip(gzip(joined(zeros, new byte[4_000_000]))), limits).getLast())
        .startsWith("end ARCHIVE_BOMB");
  }

  @Test
  void a_bomb_in_an_entry_that_nobody_reads_is_found_as_well() throws IOException {
    var limits = new HarvestLimits(1_000_000, 1_000, 100_000_000, 100);
    var archive =
        gzip(
            tar(
                entry("b.txt", titles("One")),
                entry("zeros", new byte[2_000_000]),
                entry("d.txt", titles("Two"))));

    assertThat(harvest("a.tar.gz", archive, limits))
        .containsExactly(
            "begin a.tar.gz!/b.txt",
            "One",
            "end",
            "refused a.tar.gz!/zeros NOT_A_CATALOGUE",
            "refused a.tar.gz ARCHIVE_BOMB (more than 1,000,000 bytes)");
  }

  @Test
  void more_entries_than_allowed_end_the_file_and_keep_what_came_before() throws IOException {
    var limits = new HarvestLimits(1_000_000, 1_000, 1_000_000, 2);
    var entries =
        new Packing.Entry[] {
          entry("1.txt", titles("One")),
          entry("2.txt", titles("Two")),
          entry("3.txt", titles("Three"))
        };

    assertThat(harvest("a.tar", tar(entries), limits))
        .contains("One", "Two")
        .doesNotContain("Three")
        .endsWith("refused a.tar ARCHIVE_BOMB (more than 2 entries)");
    assertThat(harvest("a.zip", zip(entries), limits))
        .contains("One", "Two")
        .doesNotContain("Three")
        .endsWith("refused a.zip ARCHIVE_BOMB (more than 2 entries)");
  }

  @Test
  void the_list_of_a_zips_entries_is_bounded_before_it_is_kept_in_memory() throws IOException {
    var entries = new Packing.Entry[20_000];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entry("a-name-of-some-length-" + i, new byte[0]);
    }

    assertThat(harvest("a.zip", zip(entries), new HarvestLimits(1_000_000, 1_000, 1_000_000, 10)))
        .containsExactly(
            "refused a.zip ARCHIVE_BOMB (the list of the zip's entries is longer than is read)");
  }

  @Test
  void a_name_of_any_length_in_a_tar_is_not_kept_in_memory() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      var name = new TarArchiveEntry("././@LongLink", TarArchiveEntry.LF_GNUTYPE_LONGNAME);
      name.setSize(3_000_000);
      tar.putArchiveEntry(name);
      tar.write(new byte[3_000_000]);
      tar.closeArchiveEntry();
    }

    assertThat(harvest("a.tar.gz", gzip(bytes.toByteArray())))
        .containsExactly("refused a.tar.gz ARCHIVE_BROKEN (a header is longer than is read)");
  }

  @Test
  void names_that_lead_out_of_an_archive_are_only_names() throws IOException {
    assertThat(
            harvest(
                "a.tar",
                tar(entry("../../etc/b.txt", titles("One")), entry("c/./../d.txt", titles("Two")))))
        .contains("begin a.tar!/etc/b.txt", "begin a.tar!/c/d.txt");
    assertThat(
            harvest(
                "a.zip",
                zip(entry("C:\\x\\..\\e.txt", titles("One")), entry("/f.txt", titles("Two")))))
        .contains("begin a.zip!/x/e.txt", "begin a.zip!/f.txt");
  }

  @Test
  void names_in_the_encoding_of_a_chinese_system_are_read() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(bytes)) {
      zip.setEncoding("GBK");
      zip.setUseLanguageEncodingFlag(false);
      zip.putArchiveEntry(new ZipArchiveEntry("数据/目录.txt"));
      zip.write(titles("One"));
      zip.closeArchiveEntry();
    }

    assertThat(harvest("a.zip", bytes.toByteArray()))
        .containsExactly("begin a.zip!/数据/目录.txt", "One", "end");
  }

  @Test
  void folders_links_empty_entries_and_litter_are_skipped() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      tar.putArchiveEntry(new TarArchiveEntry("folder/"));
      tar.closeArchiveEntry();
      tar.putArchiveEntry(new TarArchiveEntry("link.txt", TarArchiveEntry.LF_SYMLINK));
      tar.closeArchiveEntry();
      tar.putArchiveEntry(new TarArchiveEntry("empty.txt"));
      tar.closeArchiveEntry();
      for (var name : List.of("folder/._b.txt", "b.txt", "__MACOSX/c", "folder/.DS_Store")) {
        var entry = new TarArchiveEntry(name);
        entry.setSize(titles("One").length);
        tar.putArchiveEntry(entry);
        tar.write(titles("One"));
        tar.closeArchiveEntry();
      }
    }

    assertThat(harvest("a.tar", bytes.toByteArray()))
        .containsExactly("begin a.tar!/b.txt", "One", "end");
  }

  @Test
  void an_archive_of_nothing_is_empty() throws IOException {
    assertThat(harvest("a.zip", zip()))
        .containsExactly("refused a.zip EMPTY_FILE (an archive of nothing)");
    assertThat(harvest("a.zip", zip(entry("folder/", new byte[0]))))
        .containsExactly("refused a.zip EMPTY_FILE (an archive of nothing)");
  }

  @Test
  void archives_that_are_not_unpacked_are_refused_in_words() throws IOException {
    assertThat(harvest("a.7z", new byte[] {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C, 0, 4}))
        .singleElement()
        .asString()
        .startsWith("refused a.7z NOT_A_CATALOGUE (an archive of a kind that is not unpacked");
  }

  @Test
  void an_ending_decides_nothing_and_a_wrong_one_is_told() throws IOException {
    assertThat(harvest("a.gz", titles("One")))
        .containsExactly("begin a.gz", "WRONG_EXTENSION (a.gz: not packed)", "One", "end");
    assertThat(harvest("a.json", gzip(titles("One"))))
        .contains("WRONG_EXTENSION (a.json: gzip)", "One", "end");
    assertThat(harvest("a.json", zip(entry("b.txt", titles("One")), entry("c.txt", titles("Two")))))
        .containsExactly(
            "begin a.json!/b.txt",
            "WRONG_EXTENSION (a.json: zip)",
            "One",
            "end",
            "begin a.json!/c.txt",
            "Two",
            "end");
    assertThat(harvest("b.json", titles("One"))).contains("WRONG_EXTENSION (b.json)");
    assertThat(harvest("b.json.gz", gzip(titles("One")))).contains("WRONG_EXTENSION (b.json)");
    assertThat(harvest("b.unheard", titles("One")))
        .containsExactly("begin b.unheard", "One", "end");
  }

  @Test
  void an_office_document_is_one_document_of_bytes() throws IOException {
    var workbook =
        zip(entry("[Content_Types].xml", titles("Types")), entry("xl/workbook.xml", titles("One")));
    var seen = new java.util.ArrayList<byte[]>();
    var reader =
        new HarvestLog.TitleReader() {
          @Override
          public boolean recognises(Beginning beginning) {
            return beginning.startsWith("PK\3\4");
          }

          @Override
          public void read(Document document, Sink sink) throws IOException {
            seen.add(document.content().readAllBytes());
          }
        };
    var log = new HarvestLog(folder);
    new Harvest(List.of(reader)).read(Files.write(folder.resolve("a.xlsx"), workbook), log);

    assertThat(log.lines).containsExactly("begin a.xlsx", "end");
    assertThat(seen).containsExactly(workbook);
  }
}
