package dev.fairground.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.vocabulary.RDF;
import org.eclipse.rdf4j.model.vocabulary.XSD;

/**
 * JSON-LD as a stream: a context, and then an object for each subject of what is written at once.
 * RDF4J's own writer keeps the whole graph.
 */
final class JsonLdTriples implements DcatWriter.Triples {
  private final JsonGenerator json;

  JsonLdTriples(OutputStream out) throws IOException {
    json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.writeStartObject();
    json.writeObjectFieldStart("@context");
    for (var prefix : DcatWriter.PREFIXES.entrySet()) {
      json.writeStringField(prefix.getKey(), prefix.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("@graph");
  }

  @Override
  public void write(List<Statement> statements) throws IOException {
    var subjects = new LinkedHashMap<String, Map<IRI, List<Value>>>();
    for (var statement : statements) {
      subjects
          .computeIfAbsent(statement.getSubject().stringValue(), unseen -> new LinkedHashMap<>())
          .computeIfAbsent(statement.getPredicate(), unseen -> new ArrayList<>())
          .add(statement.getObject());
    }
    for (var subject : subjects.entrySet()) {
      json.writeRaw('\n');
      json.writeStartObject();
      json.writeStringField("@id", subject.getKey());
      for (var property : subject.getValue().entrySet()) {
        if (property.getKey().equals(RDF.TYPE)) {
          json.writeArrayFieldStart("@type");
          for (var type : property.getValue()) {
            json.writeString(compact(type.stringValue()));
          }
        } else {
          json.writeArrayFieldStart(compact(property.getKey().stringValue()));
          for (var value : property.getValue()) {
            value(value);
          }
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
  }

  private void value(Value value) throws IOException {
    json.writeStartObject();
    if (value instanceof Literal literal) {
      json.writeStringField("@value", literal.getLabel());
      var language = literal.getLanguage();
      if (language.isPresent()) {
        json.writeStringField("@language", language.get());
      } else if (!literal.getDatatype().equals(XSD.STRING)) {
        json.writeStringField("@type", compact(literal.getDatatype().stringValue()));
      }
    } else {
      json.writeStringField("@id", value.stringValue());
    }
    json.writeEndObject();
  }

  private static String compact(String address) {
    for (var prefix : DcatWriter.PREFIXES.entrySet()) {
      if (address.startsWith(prefix.getValue())) {
        return prefix.getKey() + ':' + address.substring(prefix.getValue().length());
      }
    }
    return address;
  }

  @Override
  public void end() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
  }
}
