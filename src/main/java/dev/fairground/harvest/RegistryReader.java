package dev.fairground.harvest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/** One dataset of the registry of open data on AWS: a YAML file whose name is its identifier. */
public final class RegistryReader implements CatalogueReader {
  private static final int MOST_FILE = 4 << 20;

  private static final Pattern NAME = Pattern.compile("(?m)^Name:");
  private static final Pattern MANAGER = Pattern.compile("(?m)^ManagedBy:");
  private static final Pattern RESOURCES = Pattern.compile("(?m)^(?:Resources|UpdateFrequency):");

  /** {@code [words](address)} of Markdown; without brackets inside, so that none is read twice. */
  private static final Pattern LINK = Pattern.compile("\\[([^\\[\\]]+)\\]\\([^()]*\\)");

  private static final YAMLMapper MAPPER = new YAMLMapper(factory());

  private static YAMLFactory factory() {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_FILE);
    options.setNestingDepthLimit(50);
    options.setMaxAliasesForCollections(50);
    return YAMLFactory.builder().loaderOptions(options).build();
  }

  @Override
  public String format() {
    return "open-data-registry";
  }

  @Override
  public boolean oneRecord() {
    return true;
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return List.of(NAME, MANAGER, RESOURCES).stream()
        .allMatch(line -> line.matcher(beginning.text()).find());
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    var bytes = document.content().readNBytes(MOST_FILE + 1);
    if (bytes.length > MOST_FILE) {
      throw new UnreadableFile(Rule.FILE_TOO_LARGE, "a record of the registry has at most 4 MB");
    }
    // Aliases are read as the names of their anchors, so that they cannot multiply.
    try (var values =
        MAPPER
            .readerFor(JsonNode.class)
            .<JsonNode>readValues(new String(bytes, StandardCharsets.UTF_8))) {
      for (int number = 1; values.hasNextValue(); number++) {
        if (values.nextValue() instanceof ObjectNode record) {
          tell(sink, document, "record " + number, record);
        } else {
          sink.defect(Defect.of("record " + number, Rule.NOT_A_RECORD));
        }
      }
    } catch (JsonProcessingException broken) {
      sink.defect(new Defect("record 1", null, Rule.RECORD_UNREADABLE, reason(broken)));
    }
    // An archive of such files is the whole registry.
    sink.catalogue(new CatalogueFacts("Registry of Open Data on AWS", true));
  }

  private static String reason(JsonProcessingException broken) {
    var location = broken.getLocation();
    var message = broken.getOriginalMessage().lines().findFirst().orElse("");
    return location == null ? message : "line " + location.getLineNr() + ": " + message;
  }

  private static void tell(Sink sink, Document document, String place, ObjectNode record) {
    var resource = new ResourceBuilder(sink, place, "en", record);
    var fields = new Fields(record, resource.values());
    resource
        .identifier("", document.name().replaceFirst("\\.ya?ml$", ""))
        .title("Name", fields.text("Name"))
        .summary("Description", fields.text("Description"))
        .holder("ManagedBy", words(fields.text("ManagedBy")))
        .topic("Tags", fields.text("Tags"))
        .frequency("UpdateFrequency", fields.text("UpdateFrequency"))
        .licence("License", words(fields.text("License")));
    var documentation = fields.text("Documentation");
    if (documentation != null && documentation.strip().matches("https?://\\S+")) {
      resource.landingPage("Documentation", documentation);
    }
    for (var tag : fields.texts("Tags")) {
      resource.keyword("Tags", tag);
    }
    if (record.path("Deprecated").asBoolean() || record.has("DeprecatedNotice")) {
      sink.defect(
          new Defect(place, "Deprecated", Rule.DEPRECATED, fields.text("DeprecatedNotice")));
    }
    resource.tell();
  }

  /** The words of a text in which Markdown may make some of them a link. */
  private static @Nullable String words(@Nullable String text) {
    return text == null ? null : LINK.matcher(text).replaceAll("$1");
  }
}
