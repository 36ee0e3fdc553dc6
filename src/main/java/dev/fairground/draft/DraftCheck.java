package dev.fairground.draft;

import dev.fairground.kernel.Ids;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands against entries that are not drafts yet: the same as would be told by {@code
 * productDraftCreate} and {@code productDraftSubmit}, of many at once.
 */
public final class DraftCheck {
  private final StandingRepository standings;

  public DraftCheck(Database database) {
    this.standings = new StandingRepository(database);
  }

  /**
   * An entry.
   *
   * @param row where it stands among others; told with what is wrong
   * @param productId null for a new product
   * @param missing the members that it lacks
   */
  public record Entry(
      int row,
      UUID operatorId,
      @Nullable UUID productId,
      ProductDraft.Kind kind,
      String code,
      @Nullable Integer baseVersion,
      JsonObject content,
      List<String> missing) {}

  /**
   * Something that stands against an entry.
   *
   * @param refused whether it cannot even be a draft; else it can, but not be submitted
   * @param member the member of the entry; null for the whole
   * @param offending what is outside of the authorization; null for nothing that can be named
   */
  public record Problem(
      int row,
      boolean refused,
      @Nullable String member,
      String code,
      @Nullable String rule,
      String message,
      @Nullable UUID offending) {}

  /** The problems of entries, in their order; a statement for all of them. */
  public Future<List<Problem>> of(Reading reading, List<Entry> entries) {
    var now = reading.moment().now().atOffset(ZoneOffset.UTC);
    var drafts = entries.stream().map(entry -> draft(entry, now)).toList();
    return standings
        .findGiven(reading, drafts)
        .map(
            found -> {
              var byId =
                  found.stream().collect(Collectors.toMap(Standing::id, Function.identity()));
              var problems = new ArrayList<Problem>();
              for (int i = 0; i < drafts.size(); i++) {
                var draft = drafts.get(i);
                var row = entries.get(i).row();
                refused(draft).forEach(error -> problems.add(problem(row, true, error)));
                var standing = byId.get(draft.id());
                if (standing != null) {
                  DraftRules.problems(draft, standing, List.of())
                      .forEach(error -> problems.add(problem(row, false, error)));
                }
              }
              return problems;
            });
  }

  private static List<UserError> refused(ProductDraft draft) {
    var errors =
        new ArrayList<>(DraftContent.contradictions(List::of, draft.content(), draft.kind()));
    if (DraftContent.NEVER_OFFERED.equals(draft.content().getString("grade"))) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID, DraftContent.NEVER_OFFERED_TEXT, List.of("grade"), null));
    }
    return errors;
  }

  private static Problem problem(int row, boolean refused, UserError error) {
    var offending =
        error instanceof OutsideScopeError outside && !outside.offending().isEmpty()
            ? Ids.uuid(outside.offending().getFirst())
            : null;
    return new Problem(
        row,
        refused,
        error.path().isEmpty() ? null : error.path().getFirst(),
        error.code().name(),
        error.rule(),
        error.message(),
        offending);
  }

  private static ProductDraft draft(Entry entry, OffsetDateTime now) {
    return new ProductDraft(
        UUID.randomUUID(),
        entry.operatorId(),
        entry.productId() == null ? UUID.randomUUID() : entry.productId(),
        entry.kind(),
        entry.code(),
        entry.baseVersion(),
        1,
        ProductDraft.Status.DRAFT,
        entry.content(),
        null,
        entry.missing(),
        null,
        null,
        null,
        null,
        null,
        null,
        now,
        "",
        now,
        "");
  }
}
