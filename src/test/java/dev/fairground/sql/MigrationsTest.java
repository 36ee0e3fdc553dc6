package dev.fairground.sql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class MigrationsTest {
  private final DatabaseAddress migrated;
  private final DatabaseAddress empty;

  MigrationsTest(DatabaseAddress address) {
    migrated = address;
    empty = address.withName(address.name() + "_empty");
  }

  @BeforeEach
  void createEmpty() throws SQLException {
    execute(migrated, "create database " + empty.name() + " template template0 encoding 'UTF8'");
  }

  @AfterEach
  void dropEmpty() throws SQLException {
    execute(migrated, "drop database " + empty.name() + " with (force)");
  }

  @Test
  void an_empty_database_is_migrated_once_however_often_it_is_asked_for() {
    assertThatCode(
            () -> {
              new Migrations(empty).run();
              new Migrations(empty).run();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void a_database_that_somebody_else_uses_is_left_alone() throws Exception {
    execute(empty, "create table theirs (id int)");

    refusedInOneLine(empty, "holds tables of somebody else in the schema public");
    execute(empty, "select id from theirs");
  }

  @Test
  void tables_of_somebody_else_that_have_a_name_of_ours_do_not_pass_for_ours() throws Exception {
    execute(empty, "create table migration (what text)");

    refusedInOneLine(empty, "holds tables of somebody else");
  }

  @Test
  void a_user_who_may_not_make_tables_is_told_so() throws Exception {
    execute(empty, "drop schema public");

    refusedInOneLine(empty, "its user may make tables");
  }

  @Test
  void a_wrong_password_is_told_at_once_and_not_waited_out() {
    var wrong =
        new DatabaseAddress(
            empty.host(), empty.port(), empty.name(), empty.user(), "wrong", empty.sslMode());

    refusedInOneLine(wrong, "does not let us in");
  }

  private static void refusedInOneLine(DatabaseAddress address, String reason) {
    assertThatThrownBy(() -> new Migrations(address).run())
        .isInstanceOf(DatabaseStartFailure.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }

  private static void execute(DatabaseAddress address, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.jdbcLogin());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
