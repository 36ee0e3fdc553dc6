package dev.fairground.harvest;

import java.util.Set;

/** The addresses of what DCAT-AP catalogues speak of (W3C DCAT 3, DCAT-AP 3, DCAT-AP_IT). */
final class Dcat {
  static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  static final String RDFS = "http://www.w3.org/2000/01/rdf-schema#";
  static final String XSD_STRING = "http://www.w3.org/2001/XMLSchema#string";
  static final String OWL_IMPORTS = "http://www.w3.org/2002/07/owl#imports";
  static final String DCAT = "http://www.w3.org/ns/dcat#";
  static final String DCATAP_IT = "http://dati.gov.it/onto/dcatapit#";
  static final String DCT = "http://purl.org/dc/terms/";
  static final String FOAF = "http://xmlns.com/foaf/0.1/";
  static final String SKOS = "http://www.w3.org/2004/02/skos/core#";
  static final String VCARD = "http://www.w3.org/2006/vcard/ns#";
  static final String SCHEMA = "http://schema.org/";
  static final String TIME = "http://www.w3.org/2006/time#";
  static final String HYDRA = "http://www.w3.org/ns/hydra/core#";

  /** Where the code lists of the European Union stand, each code below the name of its list. */
  static final String EU_LISTS = "http://publications.europa.eu/resource/authority/";

  static final String TYPE = RDF + "type";

  /** What is a record of a catalogue. */
  static final Set<String> RECORDS =
      Set.of(DCAT + "Dataset", DCAT + "DatasetSeries", DCAT + "DataService", DCATAP_IT + "Dataset");

  static final Set<String> CATALOGUES = Set.of(DCAT + "Catalog", DCATAP_IT + "Catalog");

  /** How a catalogue leads to its records, whatever classes those are of. */
  static final Set<String> MEMBERS = Set.of(DCAT + "dataset", DCAT + "service");

  /** How a page of a catalogue names its neighbours, of either edition of Hydra. */
  static final Set<String> OTHER_PAGES =
      Set.of(HYDRA + "next", HYDRA + "nextPage", HYDRA + "previous", HYDRA + "previousPage");

  /**
   * What belongs to a record even where it has an address of its own. All others that have one are
   * things beside the record, and other records among them.
   */
  static final Set<String> PARTS =
      Set.of(
          DCT + "publisher",
          DCT + "creator",
          DCT + "rightsHolder",
          DCT + "license",
          DCT + "accrualPeriodicity",
          DCT + "accessRights",
          DCT + "format",
          DCT + "temporal",
          DCAT + "theme",
          DCAT + "distribution",
          DCAT + "mediaType");

  private Dcat() {}
}
