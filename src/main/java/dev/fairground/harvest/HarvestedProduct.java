package dev.fairground.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a published list of products and services. Operator and price are not here: the
 * lists that are read name none.
 *
 * @param place where it is in the file, as in {@link Defect#place}
 * @param code unique in its list
 * @param locale the language of its texts, as a tag of BCP 47
 * @param scenarioCode unique among the scenarios of the list
 * @param purposeClass PUBLIC_GOVERNANCE, PUBLIC_WELFARE or INDUSTRY
 * @param purposeLabel the purpose in the words of the source
 * @param deliveries of API, FILE, MODEL, REPORT
 * @param regionCode of GB/T 2260
 * @param sourceRecord the entry as the source has it
 */
public record HarvestedProduct(
    String place,
    String code,
    String title,
    String locale,
    @Nullable String scenarioCode,
    @Nullable String scenario,
    @Nullable String field,
    String purposeClass,
    @Nullable String purposeLabel,
    List<String> deliveries,
    @Nullable String regionCode,
    JsonNode sourceRecord) {}
