package dev.fairground.check;

import dev.fairground.catalog.ListedSuspension;
import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.fairaccess.Reason;
import dev.fairground.fairaccess.Result;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes off their lists what has fallen outside of what it rests on. */
final class Suspensions {
  /** Each reason makes an edition; beyond so many of one operator, products share a text. */
  private static final int MOST_REASONS = 10;

  private static final String REVOKED = "REVOKED";

  private final ListedSuspension suspension;

  Suspensions(Database database) {
    this.suspension = new ListedSuspension(database);
  }

  /**
   * Why a product cannot be offered any more; null where it can. Pure. A price above its ceiling or
   * a registration that is late is a flag: only what the product has no right to, or what nobody
   * may trade, is taken off at once.
   */
  static @Nullable Why why(List<Result> results) {
    for (var result : results) {
      if (result.outcome() == Outcome.BLOCK) {
        for (var reason : result.reasons()) {
          if (reason.outcome() == Outcome.BLOCK && suspends(result.check(), reason)) {
            return new Why(result.check(), reason.message().in(List.of("zh")).value());
          }
        }
      }
    }
    return null;
  }

  /** The check that a product fails, and what it says in Chinese. */
  record Why(Check check, String text) {
    String shared() {
      return "未通过核查 " + check.code() + "：" + check.title();
    }
  }

  private static boolean suspends(Check check, Reason reason) {
    return switch (check) {
      case FA_01, FA_02, FA_05 -> true;
      case FA_04 -> reason.code().contains(REVOKED);
      default -> false;
    };
  }

  /**
   * Suspends those of the products that are offered.
   *
   * @return how many were suspended
   */
  Future<Integer> of(SqlConnection transaction, Write write, List<Examined> examined) {
    var byOperator = new TreeMap<UUID, Map<UUID, Why>>();
    for (var one : examined) {
      var operator = one.subject().operatorId();
      var why = why(one.results());
      if (operator != null && why != null) {
        byOperator
            .computeIfAbsent(operator, unseen -> new TreeMap<>())
            .put(one.subject().id(), why);
      }
    }
    Future<Integer> done = Future.succeededFuture(0);
    // In the order of operators: two servers that wait for each other's turns would wait for ever.
    for (var operator : byOperator.entrySet()) {
      for (var group : groups(operator.getValue()).entrySet()) {
        done =
            done.compose(
                before ->
                    suspension
                        .suspend(
                            transaction, write, operator.getKey(), group.getValue(), group.getKey())
                        .map(suspended -> before + suspended.size()));
      }
    }
    return done;
  }

  private static Map<String, List<UUID>> groups(Map<UUID, Why> products) {
    var many = products.values().stream().map(Why::text).distinct().count() > MOST_REASONS;
    var groups = new LinkedHashMap<String, List<UUID>>();
    products.forEach(
        (product, why) ->
            groups
                .computeIfAbsent(many ? why.shared() : why.text(), unseen -> new ArrayList<>())
                .add(product));
    return groups;
  }
}
