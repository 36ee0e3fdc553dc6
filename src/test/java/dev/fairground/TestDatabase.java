package dev.fairground;

import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a migrated database of its own. Parameters of constructors, tests and
 * life-cycle methods may be {@link Database}, {@link Vertx}, {@link DatabaseAddress} or {@link
 * MeterRegistry}; they are the same throughout the class, and closed after it.
 */
public final class TestDatabase implements ParameterResolver, AfterAllCallback {
  private static final Namespace OURS = Namespace.create(TestDatabase.class);

  private static final Map<Class<?>, Function<Ground, Object>> GIVEN =
      Map.of(
          Database.class, Ground::database,
          Vertx.class, Ground::vertx,
          DatabaseAddress.class, Ground::address,
          MeterRegistry.class, Ground::metrics);

  private record Ground(
      Vertx vertx, DatabaseAddress address, Database database, MeterRegistry metrics) {
    static Ground prepare() {
      try {
        var vertx = Vertx.vertx();
        var metrics = new SimpleMeterRegistry();
        var address = TestCluster.create();
        var database = Database.connect(vertx, address, DatabaseLimits.DEFAULTS, metrics);
        return new Ground(vertx, address, database, metrics);
      } catch (Exception failure) {
        throw new IllegalStateException("no database for the test", failure);
      }
    }

    void close() throws Exception {
      database.close().await(10, TimeUnit.SECONDS);
      vertx.close().await(10, TimeUnit.SECONDS);
      TestCluster.drop(address);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return GIVEN.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var ground =
        ofTheClass(context)
            .getStore(OURS)
            .getOrComputeIfAbsent(Ground.class, ignored -> Ground.prepare(), Ground.class);
    return Objects.requireNonNull(GIVEN.get(parameter.getParameter().getType())).apply(ground);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    var ground = context.getStore(OURS).get(Ground.class, Ground.class);
    if (ground != null) {
      ground.close();
    }
  }

  /** The outermost class: nested ones share its database. */
  private static ExtensionContext ofTheClass(ExtensionContext context) {
    var found = context;
    while (found.getParent().isPresent() && found.getParent().get().getTestClass().isPresent()) {
      found = found.getParent().get();
    }
    return found;
  }
}
