package dev.fairground.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import no.hasmac.jsonld.document.JsonDocument;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Model;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.impl.LinkedHashModel;
import org.eclipse.rdf4j.model.util.Values;
import org.eclipse.rdf4j.model.vocabulary.RDF;
import org.eclipse.rdf4j.rio.helpers.StatementCollector;
import org.eclipse.rdf4j.rio.jsonld.JSONLDParser;
import org.eclipse.rdf4j.rio.jsonld.JSONLDSettings;
import org.junit.jupiter.api.Test;

/** Offers are read as other programs read them: as JSON-LD, with the words that ODRL gives it. */
class OdrlOfferTest {
  private static final String ODRL = "http://www.w3.org/ns/odrl/2/";
  private static final String OURS = OdrlOffer.PROFILE + "#";
  private static final UUID TERMS = new UUID(0, 1);
  private static final UUID OPERATOR = new UUID(0, 2);
  private static final UUID PRODUCT = new UUID(0, 3);
  private static final UUID ALLOWED = new UUID(0, 4);
  private static final UUID PROHIBITED = new UUID(0, 5);

  // How ODRL's own context reads these members and words; those of no other meaning are ODRL's.
  private static final List<String> LINKS =
      List.of(
          "profile",
          "permission",
          "prohibition",
          "target",
          "assigner",
          "duty",
          "constraint",
          "remedy");
  private static final List<String> TERMS_OF_ODRL = List.of("action", "leftOperand", "operator");
  private static final List<String> WORDS =
      List.of(
          "Offer",
          "use",
          "distribute",
          "compensate",
          "inform",
          "purpose",
          "dateTime",
          "count",
          "elapsedTime",
          "payAmount",
          "timeInterval",
          "eq",
          "lteq",
          "gteq",
          "isAnyOf",
          "unit",
          "rightOperand");

  private static String context() {
    var words = new JsonObject().put("odrl", ODRL).put("uid", "@id");
    LINKS.forEach(
        word -> words.put(word, new JsonObject().put("@id", "odrl:" + word).put("@type", "@id")));
    TERMS_OF_ODRL.forEach(
        word ->
            words.put(word, new JsonObject().put("@id", "odrl:" + word).put("@type", "@vocab")));
    WORDS.forEach(word -> words.put(word, "odrl:" + word));
    return new JsonObject().put("@context", words).encode();
  }

  private static PolicyCondition condition(ConditionRule rule) {
    return new PolicyCondition(
        rule.name(),
        Text.of("条件", "zh"),
        "理由",
        rule,
        switch (rule.form()) {
          case NONE -> List.of();
          case WORDS -> List.of("ENTERPRISE", "ORGAN");
          case REGIONS -> List.of("11");
          case IDS -> List.of("sce_" + "%032x".formatted(4));
          case NUMBER -> List.of("12");
          case CODE -> List.of("SECURITY_PLAN");
        });
  }

  private static JsonObject whole() {
    var conditions =
        new java.util.ArrayList<>(
            Arrays.stream(ConditionRule.values()).map(OdrlOfferTest::condition).toList());
    conditions.add(new PolicyCondition("LOOKED_AT", Text.of("条件", "zh"), "理由", null, List.of()));
    return OdrlOffer.of(
        new OdrlOffer.Offered(
            TERMS,
            OPERATOR,
            PRODUCT,
            LocalDate.parse("2028-12-31"),
            List.of(ALLOWED),
            List.of(PROHIBITED)),
        conditions,
        new BigDecimal("100.5"),
        new BigDecimal("1000"),
        "CNY",
        30);
  }

  private static Model read(JsonObject offer) throws Exception {
    var parser = new JSONLDParser();
    parser.set(
        JSONLDSettings.DOCUMENT_LOADER,
        (address, options) -> {
          assertThat(address).hasToString(OdrlOffer.CONTEXT);
          return JsonDocument.of(new StringReader(context()));
        });
    var model = new LinkedHashModel();
    parser.setRDFHandler(new StatementCollector(model));
    parser.parse(new StringReader(offer.encode()), "urn:base:");
    return model;
  }

  private static IRI odrl(String word) {
    return Values.iri(ODRL + word);
  }

  private static IRI urn(UUID id) {
    return Values.iri("urn:uuid:" + id);
  }

  private static IRI terms(UUID id) {
    return Values.iri("urn:fairground:" + Ids.write("stt", id));
  }

  private static Set<Value> objects(Model model, String property) {
    return new HashSet<>(model.filter(null, odrl(property), null).objects());
  }

  @Test
  void it_is_an_offer_of_the_product_by_its_operator() throws Exception {
    var model = read(whole());

    assertThat(model.contains(terms(TERMS), RDF.TYPE, odrl("Offer"))).isTrue();
    assertThat(model.filter(terms(TERMS), odrl("permission"), null)).hasSize(1);
    assertThat(model.filter(terms(TERMS), odrl("prohibition"), null)).hasSize(2);
    assertThat(objects(model, "target")).containsExactly(urn(PRODUCT));
    assertThat(objects(model, "assigner")).containsExactly(urn(OPERATOR));
    assertThat(objects(model, "action"))
        .contains(
            odrl("use"),
            odrl("distribute"),
            odrl("compensate"),
            odrl("inform"),
            Values.iri(OURS + "handIn"),
            Values.iri(OURS + "deposit"),
            Values.iri(OURS + "putRight"));
    assertThat(objects(model, "rightOperand")).contains(urn(ALLOWED), urn(PROHIBITED));
  }

  @Test
  void every_word_is_one_of_odrl_or_of_our_profile() throws Exception {
    var model = read(whole());

    for (var property : List.of("leftOperand", "operator", "action")) {
      assertThat(objects(model, property))
          .allMatch(IRI.class::isInstance)
          .allMatch(
              value ->
                  value.stringValue().startsWith(ODRL) || value.stringValue().startsWith(OURS));
    }
    assertThat(model.predicates())
        .allMatch(
            property ->
                property.equals(RDF.TYPE)
                    || property.stringValue().startsWith(ODRL)
                    || property.stringValue().startsWith(OURS));
  }

  /** A member that the context does not know would be dropped without a word. */
  @Test
  void no_member_is_lost_on_the_way() {
    var known = new HashSet<>(WORDS);
    known.addAll(LINKS);
    known.addAll(TERMS_OF_ODRL);
    known.addAll(List.of("uid", "@context", "@type", "@id", "@value", "fg", "xsd"));
    var found = new HashSet<String>();
    members(whole(), found);

    assertThat(found).allMatch(member -> known.contains(member) || member.startsWith("fg:"));
  }

  private static void members(Object value, Set<String> found) {
    if (value instanceof JsonObject object) {
      object.forEach(
          member -> {
            found.add(member.getKey());
            members(member.getValue(), found);
          });
    } else if (value instanceof JsonArray array) {
      array.forEach(element -> members(element, found));
    }
  }

  @Test
  void every_condition_is_in_it_by_its_code() throws Exception {
    var codes =
        read(whole()).filter(null, Values.iri(OURS + "condition"), null).objects().stream()
            .map(Value::stringValue)
            .toList();

    assertThat(codes)
        .containsAll(Arrays.stream(ConditionRule.values()).map(Enum::name).toList())
        .doesNotContain("LOST");
    assertThat(read(whole()).objects().stream().map(Value::stringValue)).contains("LOOKED_AT");
  }

  @Test
  void nothing_in_it_is_for_one_alone() {
    assertThat(whole().encode()).doesNotContainIgnoringCase("exclusiv");
    assertThat(BasicPolicy.terms(OPERATOR, PRODUCT).odrl().encode())
        .doesNotContainIgnoringCase("exclusiv");
  }

  @Test
  void the_basic_terms_are_an_offer_too() throws Exception {
    var model = read(BasicPolicy.terms(OPERATOR, PRODUCT).odrl());

    assertThat(model.contains(terms(PRODUCT), RDF.TYPE, odrl("Offer"))).isTrue();
    assertThat(objects(model, "leftOperand"))
        .containsExactlyInAnyOrder(odrl("purpose"), odrl("timeInterval"));
  }

  @Test
  void the_digest_is_that_of_one_text_whatever_the_order_of_members() throws Exception {
    var title = new Text("标题", "zh", Map.of("en", "Title"));
    var text = Text.of("正文", "zh");
    var some = new JsonObject().put("b", new JsonArray().add("x")).put("a", "é");
    var other = new JsonObject().put("a", "é").put("b", new JsonArray().add("x"));
    var written =
        "{\"locale\":\"zh\",\"odrl\":{\"a\":\"é\",\"b\":[\"x\"]},\"text\":\"正文\",\"title\":\"标题\",\"titleTranslations\":{\"en\":\"Title\"}}";

    assertThat(TermsDigest.of(title, text, some))
        .isEqualTo(TermsDigest.of(title, text, other))
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(written.getBytes(StandardCharsets.UTF_8))));
  }
}
