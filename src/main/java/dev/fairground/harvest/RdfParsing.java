package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParsingException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.LineNumberReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import no.hasmac.jsonld.JsonLdError;
import no.hasmac.jsonld.JsonLdErrorCode;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.rio.RDFHandlerException;
import org.eclipse.rdf4j.rio.RDFParseException;
import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.eclipse.rdf4j.rio.helpers.BasicParserSettings;
import org.eclipse.rdf4j.rio.helpers.XMLParserSettings;
import org.eclipse.rdf4j.rio.jsonld.JSONLDParser;
import org.eclipse.rdf4j.rio.jsonld.JSONLDSettings;
import org.eclipse.rdf4j.rio.rdfxml.RDFXMLParser;
import org.eclipse.rdf4j.rio.trig.TriGParser;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.EntityResolver;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * Puts the triples of a file into a graph. Nothing is ever fetched: what lies elsewhere is refused
 * by its address.
 */
final class RdfParsing {
  /**
   * How many characters of JSON-LD are read: it is read as a whole, and takes some 25 times its
   * size in memory.
   */
  private static final long MOST_JSON_LD =
      Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 32);

  private static final int BUFFER = 65_536;

  /**
   * What the JDK holds entities and nesting to, with the same numbers for each JDK: an entity is an
   * abbreviation, used often, and so short. A file that multiplies them is refused within seconds.
   */
  private static final Map<String, String> XML_BOUNDS =
      Map.of(
          "entityExpansionLimit", "1000000",
          "entityReplacementLimit", "3000000",
          "maxGeneralEntitySizeLimit", "10000",
          "totalEntitySizeLimit", "50000000",
          "maxElementDepth", "100");

  /** How the parsers of each syntax say that more was to come. */
  private static final Pattern END_OF_FILE =
      Pattern.compile(
          "^Unexpected end of file|end-of-file|^XML document structures must start and end within"
              + "|^Premature end of file|=EOF|Unexpected char -1");

  /** Where the parsers name the place a second time. */
  private static final Pattern LOCATION =
      Pattern.compile("\\s*(?:\\[line \\d+[^]]*]|at \\(line no=[^)]*\\))");

  private RdfParsing() {}

  /**
   * Reads the whole file.
   *
   * @param content in UTF-8, whatever an XML declaration says
   * @throws UnreadableFile where it cannot be read to its end: {@code SYNTAX}, {@code TRUNCATED},
   *     {@code REMOTE_REFERENCE}, or {@code FILE_TOO_LARGE} for JSON-LD of more than 64 MB, or a
   *     thirty-second of the memory that the process may take
   */
  static void parse(RdfSyntax syntax, InputStream content, RdfGraph graph) throws IOException {
    var reader =
        new LineNumberReader(new InputStreamReader(content, StandardCharsets.UTF_8), BUFFER);
    try {
      switch (syntax) {
        case RDF_XML -> run(xmlParser(), reader, graph);
        case TURTLE -> run(new TriGParser(), reader, graph);
        case JSON_LD -> run(jsonLdParser(), new BoundedReader(reader), graph);
      }
    } catch (MVStoreException disk) {
      throw disk;
    } catch (RuntimeException failed) {
      throw unreadable(failed, reader);
    } catch (StackOverflowError tooDeep) {
      throw new UnreadableFile(
          Rule.SYNTAX, "nodes are nested too deep, near line " + (reader.getLineNumber() + 1));
    }
  }

  private static void run(RDFParser parser, Reader reader, RdfGraph graph) throws IOException {
    // What addresses, languages and values look like is told record by record, if it matters.
    parser.set(BasicParserSettings.VERIFY_URI_SYNTAX, false);
    parser.set(BasicParserSettings.VERIFY_RELATIVE_URIS, false);
    parser.set(BasicParserSettings.VERIFY_LANGUAGE_TAGS, false);
    parser.set(BasicParserSettings.VERIFY_DATATYPE_VALUES, false);
    parser.setRDFHandler(new Triples(graph));
    parser.parse(reader, RdfGraph.BASE);
  }

  private static RDFParser xmlParser() throws IOException {
    var parser = new RDFXMLParser();
    parser.set(XMLParserSettings.CUSTOM_XML_READER, xmlReader());
    // Asked for, so that the resolver hears of it and refuses: skipped in silence, a text would
    // lack a part and nobody would know.
    parser.set(XMLParserSettings.LOAD_EXTERNAL_DTD, true);
    parser.set(XMLParserSettings.EXTERNAL_GENERAL_ENTITIES, true);
    parser.set(XMLParserSettings.EXTERNAL_PARAMETER_ENTITIES, true);
    // Entities within the file are usual, as abbreviations of namespaces.
    parser.set(XMLParserSettings.DISALLOW_DOCTYPE_DECL, false);
    parser.set(XMLParserSettings.PARSE_STANDALONE_DOCUMENTS, true);
    parser.set(XMLParserSettings.FAIL_ON_INVALID_NCNAME, false);
    parser.set(XMLParserSettings.FAIL_ON_DUPLICATE_RDF_ID, false);
    parser.set(XMLParserSettings.FAIL_ON_NON_STANDARD_ATTRIBUTES, false);
    return parser;
  }

  private static XMLReader xmlReader() throws IOException {
    try {
      var factory = SAXParserFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      var parser = factory.newSAXParser();
      parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      for (var bound : XML_BOUNDS.entrySet()) {
        parser.setProperty("jdk.xml." + bound.getKey(), bound.getValue());
      }
      var reader = parser.getXMLReader();
      // Messages in one language, whatever that of the machine.
      reader.setProperty("http://apache.org/xml/properties/locale", Locale.ENGLISH);
      EntityResolver refusal =
          (publicId, address) -> {
            throw remote(address);
          };
      reader.setEntityResolver(refusal);
      return reader;
    } catch (ParserConfigurationException | SAXException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  private static RDFParser jsonLdParser() {
    var parser = new JSONLDParser();
    parser.set(
        JSONLDSettings.DOCUMENT_LOADER,
        (address, options) -> {
          throw new JsonLdError(
              JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, remote(address.toString()));
        });
    return parser;
  }

  private static UnreadableFile remote(@Nullable String address) {
    return new UnreadableFile(
        Rule.REMOTE_REFERENCE,
        "the file refers to "
            + RdfGraph.asWritten(String.valueOf(address))
            + ", and nothing is fetched from elsewhere");
  }

  /** What a parser's failure means; failures of ours pass through it wrapped. */
  private static IOException unreadable(RuntimeException failed, LineNumberReader reader) {
    var line = failed instanceof RDFParseException parse ? parse.getLineNumber() : -1;
    var message = String.valueOf(failed.getMessage());
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException ours) {
        return ours;
      }
      if (cause instanceof JsonParsingException json) {
        line = json.getLocation().getLineNumber();
        message = String.valueOf(json.getMessage());
      } else if (cause instanceof JsonLdError || cause instanceof JsonException) {
        message = String.valueOf(cause.getMessage());
      }
    }
    if (END_OF_FILE.matcher(message).find()) {
      return new UnreadableFile(
          Rule.TRUNCATED, "line " + (reader.getLineNumber() + 1) + ": the file ends in the middle");
    }
    var reason = LOCATION.matcher(message).replaceFirst("");
    return new UnreadableFile(Rule.SYNTAX, line < 1 ? reason : "line " + line + ": " + reason);
  }

  /** Keeps each triple, and refuses those that would have the graph go on elsewhere. */
  private static final class Triples extends AbstractRDFHandler {
    private final RdfGraph graph;

    Triples(RdfGraph graph) {
      this.graph = graph;
    }

    @Override
    public void handleStatement(Statement triple) {
      if (triple.getPredicate().stringValue().equals(Dcat.OWL_IMPORTS)) {
        throw new RDFHandlerException(remote(triple.getObject().stringValue()));
      }
      graph.add(triple);
    }
  }

  /** Ends what is longer than JSON-LD may be. */
  private static final class BoundedReader extends FilterReader {
    private long count;

    BoundedReader(Reader reader) {
      super(reader);
    }

    @Override
    public int read() throws IOException {
      var character = super.read();
      count(character < 0 ? 0 : 1);
      return character;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      var read = super.read(buffer, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int characters) throws UnreadableFile {
      count += characters;
      if (count > MOST_JSON_LD) {
        throw new UnreadableFile(
            Rule.FILE_TOO_LARGE,
            "JSON-LD has to be read as a whole, and this is more than %d MB of it; as Turtle or RDF/XML,"
                    .formatted(MOST_JSON_LD >> 20)
                + " which are read piece by piece, the catalogue may have any size");
      }
    }
  }
}
