package dev.fairground;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the walls drawn in docs/architecture.md. */
class ArchitectureTest {
  private static final String ROOT = "dev.fairground.";
  private static final List<String> PLATFORM = List.of("kernel", "sql", "graphql", "http");

  /** The reading order: a feature imports only those before it. */
  private static final List<String> FEATURES =
      List.of(
          "event",
          "mutation",
          "code",
          "jurisdiction",
          "clock",
          "party",
          "identity",
          "resource",
          "authorization",
          "catalog",
          "fairaccess",
          "equal",
          "check",
          "draft",
          "search",
          "registration",
          "pricing",
          "authorizing",
          "policy",
          "eligibility",
          "contract",
          "access",
          "usage",
          "fairness",
          "webhook",
          "format",
          "job",
          "harvest",
          "bulk",
          "reference",
          "demo");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.fairground");

  private static String[] in(List<String> packages) {
    return packages.stream().map(name -> ROOT + name + "..").toArray(String[]::new);
  }

  @Test
  void features_import_only_features_before_them() {
    for (int i = 0; i < FEATURES.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + FEATURES.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(in(FEATURES.subList(i + 1, FEATURES.size())))
          .because("a later feature extends an earlier type in its own schema file instead")
          .allowEmptyShould(true)
          .check(CODE);
    }
  }

  @Test
  void the_platform_knows_no_feature() {
    noClasses()
        .that()
        .resideInAnyPackage(in(PLATFORM))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(in(FEATURES))
        .because("Application hands features to the platform")
        .check(CODE);
  }

  @Test
  void the_kernel_is_plain_java() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..", "graphql..", ROOT + "sql..", ROOT + "graphql..", ROOT + "http..")
        .because("values carry no network and no database")
        .check(CODE);
  }

  @Test
  void only_the_platform_speaks_to_graphql_java_and_the_web() {
    noClasses()
        .that()
        .resideInAnyPackage(in(FEATURES))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("graphql..", "org.dataloader..", "io.vertx.ext.web..", ROOT + "http..")
        .because("features wire through dev.fairground.graphql.Wiring")
        .allowEmptyShould(true)
        .check(CODE);
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching("dev.fairground.(*)..").should().beFreeOfCycles().check(CODE);
  }
}
