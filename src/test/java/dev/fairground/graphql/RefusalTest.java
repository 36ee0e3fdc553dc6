package dev.fairground.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.TestDatabase;
import dev.fairground.kernel.Moment;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.Refusal;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change that is left from within. */
@ExtendWith(TestDatabase.class)
class RefusalTest {
  private final Database database;

  RefusalTest(Database database) {
    this.database = database;
  }

  @Test
  void what_a_part_refuses_is_the_answer_and_everything_is_taken_back() throws Exception {
    var write = Write.ofServer(Moment.present(Instant.EPOCH), "test");
    var attempt =
        new Attempt<List<UserError>>("anyChange", write, Arguments.NONE, errors -> errors);
    var answer =
        Mutations.ofPublicContent(database)
            .run(
                attempt,
                transaction ->
                    database
                        .rows(
                            transaction,
                            "-- test\ninsert into code_list (id, name, name_en, source, source_url) values ('TESTING', 'x', 'x', 'x', 'x')",
                            Tuple.tuple())
                        .compose(
                            done -> {
                              throw new Refusal(
                                  new InputError(
                                      UserErrorCode.QUOTA, "It was.", List.of(), "acceptWd"));
                            })
                        .compose(never -> Future.succeededFuture(Verdict.accepted(List.of()))))
            .await(10, TimeUnit.SECONDS);

    assertThat(answer).extracting(UserError::rule).containsExactly("acceptWd");
    assertThat(
            database
                .list(
                    new Reads(),
                    "-- test\nselect id from code_list where id = 'TESTING'",
                    Tuple.tuple(),
                    row -> row.getString(0))
                .await(10, TimeUnit.SECONDS))
        .isEmpty();
  }
}
