package dev.fairground.bench;

import com.fasterxml.jackson.core.JsonFactory;
import dev.fairground.ImportMain;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.Durability;
import dev.fairground.sql.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures {@code scripts/import} over files of several sizes, each into a fresh database: records
 * a second, and the most memory that the importing process had at any time.
 */
final class ImportBench {
  private static final String HEAP = System.getProperty("bench.import.heap", "256m");

  private static final List<String> THINGS =
      List.of("企业", "医疗机构", "学校", "道路", "公交线路", "水质", "空气质量", "养老机构", "食品", "药品", "建筑工程", "公积金");

  private static final List<String> FACTS =
      List.of("基本信息", "行政许可", "行政处罚", "年度统计", "名单", "监测数据", "信用评价", "备案信息");

  private ImportBench() {}

  /** Arguments: numbers of records, or paths of files; 60,000 and 1,000,000 when left out. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var directory = Path.of("target", "bench").toAbsolutePath();
    Files.createDirectories(directory);
    try (var database =
        EmbeddedDatabase.start(directory, directory.resolve("cluster"), Durability.FAST)) {
      System.out.printf(
          "%n| Records | File | | Seconds | Records/s | Importer's most memory |%n|---|---|---|---|---|---|%n");
      for (var argument :
          arguments.length == 0 ? List.of("60000", "1000000") : List.of(arguments)) {
        var isNumber = argument.matches("\\d+");
        var file = isNumber ? generated(directory, Integer.parseInt(argument)) : Path.of(argument);
        var fresh = fresh(database.address());
        measure(directory, file, fresh, "first time");
        measure(directory, file, fresh, "again");
      }
    }
  }

  private static DatabaseAddress fresh(DatabaseAddress cluster) throws Exception {
    try (var connection = Market.connect(cluster);
        var statement = connection.createStatement()) {
      statement.execute("drop database if exists import_bench with (force)");
      statement.execute("create database import_bench encoding 'UTF8' template template0");
    }
    return cluster.withName("import_bench");
  }

  private static void measure(Path directory, Path file, DatabaseAddress database, String time)
      throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                ImportMain.class.getName(),
                "--report",
                directory.resolve("import.jsonl").toString(),
                file.toString()));
    var output = directory.resolve("import.log");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("FAIRGROUND_DATABASE_URL", Bench.url(database));
    var process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    var most = 0L;
    while (process.isAlive()) {
      most = Math.max(most, ServerProcess.mostMemory(process.pid()));
      Thread.sleep(20);
    }
    var said = Files.readAllLines(output);
    var all = said.stream().filter(line -> line.startsWith("All: ")).findFirst();
    var seconds = said.stream().filter(line -> line.contains(" s; every defect")).findFirst();
    if (all.isEmpty() || seconds.isEmpty()) {
      throw new IllegalStateException("the import failed:\n" + String.join("\n", said));
    }
    var records = Long.parseLong(all.get().split(" ", 3)[1].replace(",", ""));
    var took = Double.parseDouble(seconds.get().split(" ", 2)[0]);
    System.out.printf(
        "| %,d | %,d MB | %s | %.1f | %,.0f | %,d MB |%n",
        records, size(file) / 1_000_000, time, took, records / took, most / 1024);
  }

  private static long size(Path file) throws IOException {
    try (var files = Files.walk(file)) {
      return files.filter(Files::isRegularFile).mapToLong(found -> found.toFile().length()).sum();
    }
  }

  /** A portal's catalogue as large as wanted, of the shape and length of real ones. */
  private static Path generated(Path directory, int records) throws IOException {
    var file = directory.resolve("import-" + records + ".json");
    if (Files.exists(file)) {
      return file;
    }
    var unfinished = directory.resolve("import.new");
    var random = new Random(1);
    try (var json = new JsonFactory().createGenerator(Files.newOutputStream(unfinished))) {
      json.writeStartArray();
      for (int i = 0; i < records; i++) {
        var thing = THINGS.get(random.nextInt(THINGS.size()));
        var fact = FACTS.get(random.nextInt(FACTS.size()));
        var department = thing + "管理局" + i % 500;
        json.writeStartObject();
        json.writeStringField("标题", "%s%s%d".formatted(thing, fact, i));
        json.writeStringField("来源部门", department);
        json.writeStringField("重点领域", fact);
        json.writeStringField("发布时间", "2021-%02d-%02d".formatted(1 + i % 12, 1 + i % 28));
        json.writeStringField("更新时间", "2023-%02d-%02d".formatted(1 + i % 12, 1 + i % 28));
        json.writeStringField("开放条件", i % 5 == 0 ? "有条件开放" : "无条件开放");
        json.writeStringField("数据量", Integer.toString(random.nextInt(100_000)));
        json.writeStringField("更新频率", List.of("每年", "每月", "每天", "实时").get(i % 4));
        json.writeStringField(
            "描述", "%s%s,主要信息包含序号,名称,地址,%s,联系部门,统计日期%d。".formatted(department, thing, fact, i));
        json.writeStringField("详情页网址", "https://data.example.org/catalog/%032x".formatted(i));
        json.writeStringField("数据格式", "['xls', 'xml', 'json', 'csv']");
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    Files.move(unfinished, file);
    return file;
  }
}
