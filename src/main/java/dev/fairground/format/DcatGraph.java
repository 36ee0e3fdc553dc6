package dev.fairground.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairground.format.ProductRows.Said;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Resource;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.ValueFactory;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.eclipse.rdf4j.model.vocabulary.DCAT;
import org.eclipse.rdf4j.model.vocabulary.DCTERMS;
import org.eclipse.rdf4j.model.vocabulary.FOAF;
import org.eclipse.rdf4j.model.vocabulary.RDF;
import org.eclipse.rdf4j.model.vocabulary.SKOS;
import org.eclipse.rdf4j.model.vocabulary.XSD;
import org.jspecify.annotations.Nullable;

/**
 * Products as triples of DCAT-AP 3: a {@code dcat:Dataset} for a data product, a {@code
 * dcat:DataService} for a service capability. What is not known is not said: there is no licence.
 *
 * <p>A service has to have an endpoint and a distribution an address. Operators give neither, so
 * the operator's website stands there, where access is asked for; a product of an operator without
 * one has no distribution, and a service then names itself.
 */
final class DcatGraph {
  private static final ValueFactory RDF_VALUES = SimpleValueFactory.getInstance();
  private static final String AUTHORITY = "http://publications.europa.eu/resource/authority/";
  private static final IRI FREQUENCY = iri("http://purl.org/dc/terms/Frequency");
  private static final IRI RIGHTS = iri("http://purl.org/dc/terms/RightsStatement");
  private static final IRI LOCATION = iri("http://purl.org/dc/terms/Location");
  private static final IRI RESTRICTED = iri(AUTHORITY + "access-right/RESTRICTED");
  private static final IRI VERSION = iri("http://www.w3.org/ns/dcat#version");
  private static final IRI SECTORS = iri("urn:x-fairground:gb-t-4754");

  private static final Map<String, String> FREQUENCIES =
      Map.of(
          "REAL_TIME", "CONT",
          "DAILY", "DAILY",
          "WEEKLY", "WEEKLY",
          "MONTHLY", "MONTHLY",
          "QUARTERLY", "QUARTERLY",
          "HALF_YEARLY", "ANNUAL_2",
          "YEARLY", "ANNUAL",
          "IRREGULAR", "IRREG",
          "STATIC", "NEVER");

  private final IRI catalog;
  private final Set<IRI> described = new HashSet<>();

  /**
   * @param id of the catalogue, for its address
   */
  DcatGraph(String id) {
    this.catalog = urn(id);
  }

  /** What is said of the catalogue itself. */
  List<Statement> catalog(String title, String publisherId, String publisher) {
    var triples = new Triples();
    var agent = urn(publisherId);
    triples.add(catalog, RDF.TYPE, DCAT.CATALOG);
    triples.add(catalog, DCTERMS.TITLE, literal(title));
    triples.add(catalog, DCTERMS.DESCRIPTION, literal(title));
    triples.add(catalog, DCTERMS.PUBLISHER, agent);
    agent(triples, agent, List.of(new Said(publisher, "zh-CN")), null);
    return triples.all;
  }

  /** What is said of a product, and of what it leads to where that was not said before. */
  List<Statement> product(JsonNode product) {
    var service = product.path("__typename").asText().equals("ServiceCapability");
    var self = urn(product.path("id").asText());
    var triples = new Triples();
    triples.add(catalog, service ? DCAT.HAS_SERVICE : DCAT.HAS_DATASET, self);
    triples.add(self, RDF.TYPE, service ? DCAT.DATA_SERVICE : DCAT.DATASET);
    var titles = ProductRows.texts(product, "");
    var summaries = ProductRows.texts(product, "Summary");
    titles.forEach(title -> triples.add(self, DCTERMS.TITLE, literal(title)));
    // A dataset has to have a description.
    (summaries.isEmpty() ? titles : summaries)
        .forEach(summary -> triples.add(self, DCTERMS.DESCRIPTION, literal(summary)));
    triples.add(self, DCTERMS.IDENTIFIER, literal(product.path("code").asText()));
    triples.add(self, DCTERMS.ACCESS_RIGHTS, RESTRICTED);
    typed(triples, RESTRICTED, RIGHTS);
    var operator = product.path("operator");
    var publisher = urn(operator.path("id").asText());
    triples.add(self, DCTERMS.PUBLISHER, publisher);
    agent(triples, publisher, ProductRows.texts(operator, ""), website(operator));
    theme(triples, self, product);
    time(triples, self, DCTERMS.ISSUED, product.path("publishedAt"), XSD.DATETIME);
    var accessed = website(operator);
    if (service) {
      time(triples, self, DCTERMS.MODIFIED, product.path("validFrom"), XSD.DATETIME);
      triples.add(self, DCAT.ENDPOINT_URL, accessed == null ? self : accessed);
    } else {
      dataset(triples, self, product, accessed);
    }
    if (accessed != null) {
      triples.add(self, DCAT.LANDING_PAGE, accessed);
      typed(triples, accessed, FOAF.DOCUMENT);
    }
    return triples.all;
  }

  private void dataset(Triples triples, IRI self, JsonNode product, @Nullable IRI accessed) {
    var newest = product.path("dataUpdatedOn");
    if (newest.isTextual()) {
      time(triples, self, DCTERMS.MODIFIED, newest, XSD.DATE);
    } else {
      time(triples, self, DCTERMS.MODIFIED, product.path("validFrom"), XSD.DATETIME);
    }
    triples.add(self, VERSION, literal(product.path("version").asText()));
    var frequency = FREQUENCIES.get(product.path("updateFrequency").asText());
    if (frequency != null) {
      var of = iri(AUTHORITY + "frequency/" + frequency);
      triples.add(self, DCTERMS.ACCRUAL_PERIODICITY, of);
      typed(triples, of, FREQUENCY);
    }
    region(triples, self, product.path("region"), product.path("regionCode"));
    term(triples, self, product.path("term"));
    for (var used : product.path("resources").path("nodes")) {
      var source = urn(used.path("resource").path("id").asText());
      triples.add(self, DCTERMS.SOURCE, source);
      if (described.add(source)) {
        triples.add(source, RDF.TYPE, DCAT.DATASET);
        var title = used.path("resource").path("title");
        var said = new Said(title.path("value").asText(), title.path("locale").asText());
        triples.add(source, DCTERMS.TITLE, literal(said));
        triples.add(source, DCTERMS.DESCRIPTION, literal(said));
        triples.add(
            source, DCTERMS.IDENTIFIER, literal(used.path("resource").path("code").asText()));
      }
    }
    if (accessed == null) {
      return;
    }
    var number = 0;
    for (var delivery : product.path("deliveries")) {
      var distribution = iri(self.stringValue() + "#delivery-" + ++number);
      triples.add(self, DCAT.HAS_DISTRIBUTION, distribution);
      triples.add(distribution, RDF.TYPE, DCAT.DISTRIBUTION);
      triples.add(distribution, DCTERMS.TITLE, literal(delivery.asText()));
      triples.add(distribution, DCAT.ACCESS_URL, accessed);
    }
  }

  /** The days on which it is offered; the data's own period is not known. */
  private static void term(Triples triples, IRI self, JsonNode term) {
    if (term.path("startsOn").isTextual()) {
      triples.add(
          self,
          DCTERMS.VALID,
          literal(term.path("startsOn").asText() + "/" + term.path("endsOn").asText("..")));
    }
  }

  private void theme(Triples triples, IRI self, JsonNode product) {
    var code = product.path("sectorCode").asText("");
    if (code.isEmpty()) {
      return;
    }
    var concept = iri(SECTORS + ":" + code.replaceAll("[^A-Za-z0-9]", "-"));
    triples.add(self, DCAT.THEME, concept);
    if (described.add(concept)) {
      var label = product.path("sector").path("zh");
      triples.add(concept, RDF.TYPE, SKOS.CONCEPT);
      triples.add(concept, SKOS.NOTATION, literal(code));
      triples.add(concept, SKOS.IN_SCHEME, SECTORS);
      triples.add(
          concept,
          SKOS.PREF_LABEL,
          label.isObject()
              ? literal(new Said(label.path("value").asText(), label.path("locale").asText()))
              : literal(code));
      if (described.add(SECTORS)) {
        triples.add(SECTORS, RDF.TYPE, SKOS.CONCEPT_SCHEME);
        triples.add(SECTORS, DCTERMS.TITLE, literal("GB/T 4754"));
      }
    }
  }

  private void region(Triples triples, IRI self, JsonNode region, JsonNode code) {
    if (!code.isTextual()) {
      return;
    }
    var place = iri("urn:x-fairground:gb-t-2260:" + code.asText().replaceAll("[^A-Za-z0-9]", "-"));
    triples.add(self, DCTERMS.SPATIAL, place);
    if (described.add(place)) {
      triples.add(place, RDF.TYPE, LOCATION);
      triples.add(place, DCTERMS.IDENTIFIER, literal(code.asText()));
      var label = region.path("zh");
      if (label.isObject()) {
        triples.add(
            place,
            SKOS.PREF_LABEL,
            literal(new Said(label.path("value").asText(), label.path("locale").asText())));
      }
    }
  }

  private void agent(Triples triples, IRI agent, List<Said> names, @Nullable IRI website) {
    if (described.add(agent)) {
      triples.add(agent, RDF.TYPE, FOAF.AGENT);
      names.forEach(name -> triples.add(agent, FOAF.NAME, literal(name)));
      if (website != null) {
        triples.add(agent, FOAF.HOMEPAGE, website);
        typed(triples, website, FOAF.DOCUMENT);
      }
    }
  }

  private void typed(Triples triples, IRI thing, IRI type) {
    if (described.add(thing)) {
      triples.add(thing, RDF.TYPE, type);
    }
  }

  private static void time(Triples triples, IRI self, IRI property, JsonNode time, IRI type) {
    if (time.isTextual()) {
      triples.add(self, property, RDF_VALUES.createLiteral(time.asText(), type));
    }
  }

  /** The operator's website, if it is an address that a browser opens. */
  private static @Nullable IRI website(JsonNode operator) {
    try {
      var address = new URI(operator.path("website").asText("").strip());
      var scheme = address.getScheme();
      return address.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))
          ? iri(address.toASCIIString())
          : null;
    } catch (java.net.URISyntaxException noAddress) {
      return null;
    }
  }

  private static Literal literal(String text) {
    return RDF_VALUES.createLiteral(text);
  }

  private static Literal literal(Said text) {
    return text.locale().isEmpty()
        ? literal(text.value())
        : RDF_VALUES.createLiteral(text.value(), text.locale());
  }

  private static IRI iri(String address) {
    return RDF_VALUES.createIRI(address);
  }

  /** An object's id as an address that never changes. */
  private static IRI urn(String id) {
    return iri("urn:x-fairground:" + id);
  }

  private static final class Triples {
    private final List<Statement> all = new ArrayList<>();

    void add(Resource subject, IRI property, Value value) {
      all.add(RDF_VALUES.createStatement(subject, property, value));
    }
  }
}
