package dev.fairground.code;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.util.List;

/** Binds {@code schema/code.graphqls}. */
public final class CodeResolver implements Feature {
  private final CodeRepository codes;
  private final Loader<CodeKey, Loader.None, CodeEntry> entries;
  private final Listing<CodeEntry> list;

  public CodeResolver(Database database) {
    codes = new CodeRepository(database);
    entries = Loader.one("codeEntriesByCode", codes::findByKeys, CodeEntry::key);
    list =
        new Listing<>(
            database,
            CodeRepository.LIST,
            (arguments, moment) ->
                Clause.all(
                    Clause.of("e.list_id = ?", requireNonNull(arguments.string("list"))),
                    CodeEntryFilter.listed(arguments.input("filter"), moment)),
            arguments ->
                List.of(
                    Key.text("e.code", false, CodeEntry::code),
                    Key.date("e.valid_on", false, CodeEntry::from)));
  }

  /** Entries by their code, also of codes that are no longer valid. */
  public Loader<CodeKey, Loader.None, CodeEntry> entries() {
    return entries;
  }

  @Override
  public void wire(Wiring wiring) {
    wiring.type(CodeList.class).localized("name", CodeList::name);
    wiring
        .type(CodeEntry.class)
        .localized("name", CodeEntry::name)
        .computed("validOn", entry -> CodeEntry.ALWAYS.equals(entry.from()) ? null : entry.from())
        .loaded("parent", entries, entry -> CodeKey.orNull(entry.list(), entry.parentCode()))
        .loaded(
            "replacedBy", entries, entry -> CodeKey.orNull(entry.list(), entry.replacedByCode()));
    wiring.connection("CodeEntry", list);
    wiring
        .query()
        .answered("codeLists", (reading, arguments) -> codes.lists(reading, null))
        .answered(
            "codeList",
            (reading, arguments) ->
                codes
                    .lists(reading, arguments.string("id"))
                    .map(found -> found.isEmpty() ? null : found.getFirst()))
        .found(
            "codeEntry",
            entries,
            arguments ->
                new CodeKey(
                    requireNonNull(arguments.string("list")),
                    requireNonNull(arguments.string("code"))))
        .answered("codeEntries", list::page);
  }
}
