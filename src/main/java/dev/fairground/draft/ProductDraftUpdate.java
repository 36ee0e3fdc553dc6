package dev.fairground.draft;

import dev.fairground.draft.DraftContent.Given;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** The mutation {@code productDraftUpdate}: members that are given change, a null clears. */
final class ProductDraftUpdate {
  private final DraftDesk desk;
  private final DraftReferences references;

  ProductDraftUpdate(Database database, DraftDesk desk) {
    this.desk = desk;
    this.references = new DraftReferences(database);
  }

  Future<ProductDraftPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var content = input.input("content");
    var given = DraftContent.read(content);
    return desk.change(
        "productDraftUpdate",
        DraftAction.UPDATE,
        write,
        input,
        changed(input, given),
        (transaction, draft, standing) ->
            references
                .unknown(transaction, draft.operatorId(), given.given(), content)
                .map(unknown -> decide(draft, standing, input, given, unknown)));
  }

  private static List<String> changed(Arguments input, Given given) {
    var fields = new TreeSet<>(given.given().fieldNames());
    if (input.has("code")) {
      fields.add("code");
    }
    if (input.has("kind")) {
      fields.add("kind");
    }
    return List.copyOf(fields);
  }

  /** Pure: the draft with what was given. */
  private static Verdict<ProductDraft> decide(
      ProductDraft draft,
      Standing standing,
      Arguments input,
      Given given,
      List<UserError> unknown) {
    var errors = new ArrayList<>(given.errors());
    errors.addAll(unknown);
    var code = input.string("code");
    var kind = input.value("kind", ProductDraft.Kind.class);
    if (draft.baseVersion() != null && (code != null || kind != null)) {
      errors.add(
          InputError.at(
              input,
              code != null ? "code" : "kind",
              UserErrorCode.INVALID,
              "A published product keeps its code and its kind. Leave them out."));
    }
    if (code != null) {
      DraftForm.code(input, errors);
    }
    var changed = given.into(draft.content());
    var newKind = kind == null ? draft.kind() : kind;
    errors.addAll(DraftContent.contradictions(input, input.input("content"), changed, newKind));
    if (!errors.isEmpty()) {
      return Verdict.rejected(errors);
    }
    var rebased = Boolean.TRUE.equals(input.bool("rebase")) && standing.productVersion() != null;
    return Verdict.accepted(
        new DraftCopy(draft)
            .content(changed)
            .code(code == null ? draft.code() : code)
            .kind(newKind)
            .baseVersion(rebased ? standing.productVersion() : draft.baseVersion())
            .made());
  }
}
