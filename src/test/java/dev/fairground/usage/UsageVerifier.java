package dev.fairground.usage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * {@code scripts/VerifyUsage.java}, compiled and loaded by itself: it sees the JDK, and nothing of
 * ours.
 */
final class UsageVerifier implements AutoCloseable {
  private final Path compiled;
  private final URLClassLoader loader;
  private final Method verify;

  UsageVerifier() throws IOException, ReflectiveOperationException {
    compiled = Files.createTempDirectory("fairground-verify-");
    var source = Path.of("scripts", "VerifyUsage.java").toString();
    if (ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-Werror", "-Xlint:all", "-d", compiled.toString(), source)
        != 0) {
      throw new IllegalStateException(source + " does not compile");
    }
    loader =
        new URLClassLoader(
            new java.net.URL[] {compiled.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    verify = loader.loadClass("VerifyUsage").getDeclaredMethod("verify", String.class, List.class);
    verify.setAccessible(true);
  }

  static String publicKey(HeadKey key) {
    return Base64.getEncoder().encodeToString(key.publicKey());
  }

  /** What it says: begins with OK, or tells what does not fit. */
  String verify(HeadKey key, String... files) {
    try {
      return "OK: " + verify.invoke(null, publicKey(key), List.of(files));
    } catch (InvocationTargetException unfit) {
      var cause = requireNonNull(unfit.getCause());
      // Anything else than its own words is a defect of the program.
      if (cause instanceof IOException || cause.getClass().getSimpleName().equals("Unfit")) {
        return requireNonNull(cause.getMessage());
      }
      throw new AssertionError(cause);
    } catch (ReflectiveOperationException closed) {
      throw new AssertionError(closed);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
    try (var files = Files.list(compiled)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(compiled);
  }
}
