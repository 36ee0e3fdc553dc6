package dev.fairground.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.eclipse.rdf4j.model.Model;
import org.eclipse.rdf4j.model.util.Models;
import org.eclipse.rdf4j.model.vocabulary.RDF4J;
import org.eclipse.rdf4j.repository.RepositoryException;
import org.eclipse.rdf4j.repository.sail.SailRepository;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.rio.Rio;
import org.eclipse.rdf4j.sail.memory.MemoryStore;
import org.eclipse.rdf4j.sail.shacl.ShaclSail;
import org.junit.jupiter.api.Test;

class DcatWriterTest {
  private static final DcatWriter.Catalog CATALOG =
      new DcatWriter.Catalog("job_1", "数据运营公司: products", "org_9", "数据运营公司");

  private static final String PRODUCT =
      """
      {"__typename":"%s","id":"%s","version":3,"code":"P-1","status":"PUBLISHED",
       "publishedAt":"2026-01-01T00:00:00Z","validFrom":"2026-02-01T00:00:00Z","dataUpdatedOn":"2026-01-31",
       "zh":{"value":"气象指数","locale":"zh-CN"},"en":{"value":"气象指数","locale":"zh-CN"},
       "zhSummary":null,"enSummary":null,
       "operator":{"id":"org_1","website":"https://operator.example/","zh":{"value":"甲公司","locale":"zh-CN"}},
       "sector":{"zh":{"value":"气象服务","locale":"zh-CN"}},"sectorCode":"M741","regionCode":"330100",
       "region":null,"updateFrequency":"HALF_YEARLY","deliveries":["API","FILE"],"term":{"startsOn":"2026-01-01"},
       "resources":{"nodes":[{"resource":{"id":"res_1","code":"R-1","title":{"value":"气温","locale":"zh-CN"}}}]}}
      """;

  private static JsonNode product(String type, String id) throws Exception {
    return new JsonMapper().readTree(PRODUCT.formatted(type, id));
  }

  private static byte[] written(boolean turtle) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var writer =
        turtle ? DcatWriter.turtle(CATALOG, bytes) : DcatWriter.jsonLd(CATALOG, bytes)) {
      writer.write(product("DataProduct", "dp_1"));
      writer.write(product("ServiceCapability", "sc_1"));
      writer.write(product("DataProduct", "dp_2"));
    }
    return bytes.toByteArray();
  }

  private static Model read(byte[] bytes, RDFFormat format) throws Exception {
    return Rio.parse(new ByteArrayInputStream(bytes), format);
  }

  @Test
  void turtle_and_json_ld_say_the_same() throws Exception {
    assertThat(
            Models.isomorphic(
                read(written(true), RDFFormat.TURTLE), read(written(false), RDFFormat.JSONLD)))
        .isTrue();
  }

  private static void validate(Model model) throws Exception {
    var repository = new SailRepository(new ShaclSail(new MemoryStore()));
    try (var connection = repository.getConnection();
        var shapes = DcatWriterTest.class.getResourceAsStream("/dcat-ap/shapes.ttl")) {
      connection.begin();
      connection.add(
          new InputStreamReader(shapes, StandardCharsets.UTF_8),
          "",
          RDFFormat.TURTLE,
          RDF4J.SHACL_SHAPE_GRAPH);
      connection.commit();
      connection.begin();
      connection.add(model);
      connection.commit();
    } finally {
      repository.shutDown();
    }
  }

  @Test
  void what_is_written_has_all_that_dcat_ap_makes_mandatory() throws Exception {
    validate(read(written(true), RDFFormat.TURTLE));
  }

  @Test
  void what_lacks_something_mandatory_is_found_out() throws Exception {
    var model = read(written(true), RDFFormat.TURTLE);
    model.remove(null, org.eclipse.rdf4j.model.vocabulary.DCAT.ENDPOINT_URL, null);

    assertThatThrownBy(() -> validate(model)).isInstanceOf(RepositoryException.class);
  }
}
