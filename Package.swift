// swift-tools-version:6.2
import PackageDescription

/// Settings shared by every target; a function, because a global constant is read too early by the manifest loader.
/// What is tested is what is installed: one release build serves both (docs/adr/0032-one-build.md).
func strict() -> [SwiftSetting] {
    ["ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault"].map { .enableUpcomingFeature($0) }
        + [.unsafeFlags(["-enable-testing"], .when(configuration: .release))]
}

func library(_ name: String, uses: String..., products: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: uses.map { .byName(name: $0) } + products, swiftSettings: strict())
}

func tests(_ name: String, uses: [String], products: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name, dependencies: uses.map { .byName(name: $0) } + products,
        swiftSettings: strict() + [.unsafeFlags(["-Onone"], .when(configuration: .release))])
}

func system(_ name: String, _ pkgConfig: String?, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nio = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")

let kernel = [
    "Values", "XMLReading", "DecisionTables", "DecisionModels", "Policy", "QualityStatistics", "Places", "Spreadsheets", "Storage",
    "Evidence", "Jobs", "Imports", "WebSupport",
]
let slices = ["Accounts", "Enterprises", "SpotChecks", "Programmes", "Targets", "Questions", "Returns", "Interface", "Published", "Panels"]

let package = Package(
    name: "hallmark",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.30.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        system("CPQ", "libpq", apt: "libpq-dev"),
        system("CZip", "libzip", apt: "libzip-dev"),
        system("CExpat", "expat", apt: "libexpat1-dev"),
        system("CSQLite", "sqlite3", apt: "libsqlite3-dev"),
        system("CXlsxWriter", "xlsxwriter", apt: "libxlsxwriter-dev"),

        library("Values"),
        library("XMLReading", uses: "CExpat"),
        library("DecisionTables", uses: "Values"),
        library("DecisionModels", uses: "DecisionTables", "Values", "XMLReading"),
        library("Policy", uses: "DecisionModels", "DecisionTables", "Values", products: [yams, crypto]),
        library("QualityStatistics", uses: "Values"),
        library("Places", uses: "Values", products: [yams]),
        library("Spreadsheets", uses: "Values", "XMLReading", "CZip", "CXlsxWriter"),
        library("Storage", uses: "Values", "CPQ", "CSQLite", products: [grdb, grdbSQLite, crypto, logging, metrics]),
        library("Evidence", uses: "Storage", "QualityStatistics", "Values"),
        library("Jobs", uses: "Storage", "Values", "WebSupport"),
        library("Imports", uses: "Jobs", "Spreadsheets", "Storage", "Values", "WebSupport", products: [yams, crypto]),
        library(
            "WebSupport", uses: "Values",
            products: [hummingbird, hummingbirdCore, hummingbirdTLS, logging, metrics, nioCore, nio, nioHTTPTypes, nioSSL, crypto]),

        library(
            "Enterprises", uses: "Evidence", "Imports", "Places", "Spreadsheets", "Storage", "Values", "WebSupport",
            products: [hummingbird, crypto]),
        library(
            "SpotChecks", uses: "Enterprises", "Evidence", "Imports", "Places", "QualityStatistics", "Spreadsheets", "Storage", "Values",
            "WebSupport", products: [hummingbird, crypto, mustache]),
        library(
            "Programmes", uses: "Policy", "DecisionTables", "Enterprises", "Evidence", "Storage", "Spreadsheets", "Values", "WebSupport",
            products: [hummingbird, crypto]),
        library(
            "Targets", uses: "Programmes", "Policy", "Enterprises", "SpotChecks", "Evidence", "QualityStatistics", "Storage",
            "Spreadsheets",
            "Values", "WebSupport", products: [hummingbird]),

        library(
            "Questions", uses: "Enterprises", "Evidence", "Jobs", "QualityStatistics", "Spreadsheets", "Storage", "Values", "WebSupport",
            products: [hummingbird]),

        library(
            "Returns", uses: "Enterprises", "Evidence", "Places", "Policy", "Questions", "Spreadsheets", "Storage", "Targets", "Values",
            "WebSupport",
            products: [hummingbird, mustache]),

        library(
            "Accounts", uses: "Storage", "Values", "WebSupport",
            products: [hummingbird, crypto, cryptoExtras, httpClient, jwtKit, nio, nioCore, nioHTTP1, nioSSL, yams]),

        library(
            "Interface", uses: "Accounts", "DecisionTables", "Enterprises", "Evidence", "Imports", "Jobs", "Places", "Policy", "Programmes",
            "Questions",
            "Spreadsheets", "SpotChecks", "Storage", "Targets", "Values", "WebSupport", products: [hummingbird, logging, metrics]),

        library("Panels", uses: "Accounts", "Policy", "Programmes", "Storage", "Values", "WebSupport", products: [hummingbird]),

        library(
            "Published", uses: "DecisionTables", "Evidence", "Imports", "Policy", "Programmes", "SpotChecks", "Storage", "Targets",
            "Values",
            "WebSupport", products: [hummingbird]),

        .executableTarget(
            name: "hallmark",
            dependencies: (kernel + slices).map { .byName(name: $0) } + [
                arguments, hummingbird, lifecycle, signals, logging, metrics, crypto, yams,
            ],
            swiftSettings: strict()),

        .target(
            name: "TestSupport", dependencies: ["Values", "Storage"].map { .byName(name: $0) } + [nio], path: "Tests/TestSupport",
            swiftSettings: strict()),
        tests("KernelTests", uses: kernel + ["TestSupport"], products: [hummingbird, hummingbirdTesting, logging, nioCore, nioEmbedded]),
        tests("SlicesTests", uses: kernel + slices + ["TestSupport"], products: [hummingbird, hummingbirdTesting, logging, metrics]),
        tests("JourneysTests", uses: kernel + slices + ["TestSupport"], products: [hummingbird, hummingbirdTesting, logging]),
        tests("RepositoryTests", uses: ["Policy", "Values", "TestSupport"], products: [yams]),
    ]
)

// ./test builds parts of the whole with other compilers' settings, each in a folder of its own.
switch Context.environment["HALLMARK_PART"] {
case "threads":
    // Storage and its tests alone, for ThreadSanitizer.
    package.targets = package.targets.filter { ["CPQ", "CSQLite", "Values", "Storage", "TestSupport"].contains($0.name) }
    package.targets.append(
        .testTarget(
            name: "StorageTests", dependencies: ["Storage", "TestSupport", "Values"].map { .byName(name: $0) },
            path: "Tests/KernelTests/Storage",
            swiftSettings: strict()))
case "fuzz":
    // The parsers of outside input and little else, made for libFuzzer; slices give the files that parse, not what they parse for.
    let runtime = Context.environment["HALLMARK_FUZZER"] ?? "libclang_rt.fuzzer_no_main-x86_64.a"
    func parsing(_ name: String, uses: String..., products: [Target.Dependency] = [], only: [String]? = nil, without: [String] = [])
        -> Target
    {
        .target(
            name: name, dependencies: uses.map { .byName(name: $0) } + products, exclude: without, sources: only,
            swiftSettings: strict() + [.unsafeFlags(["-sanitize=fuzzer"])])
    }
    package.targets = package.targets.filter { ["CZip", "CExpat", "CXlsxWriter"].contains($0.name) }
    package.targets += [
        .systemLibrary(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
        parsing("Values"), parsing("XMLReading", uses: "CExpat"), parsing("DecisionTables", uses: "Values"),
        parsing("DecisionModels", uses: "DecisionTables", "Values", "XMLReading"),
        parsing("Places", uses: "Values", products: [yams]),
        parsing("Spreadsheets", uses: "Values", "XMLReading", "CZip", "CXlsxWriter"),
        parsing(
            "Policy", uses: "DecisionModels", "DecisionTables", "Values", products: [yams],
            without: [
                "ClauseContents.swift", "Digest.swift", "ProgrammeCheck.swift", "ProgrammeFolder.swift", "ProgrammeLibrary.swift",
                "ReadProgrammeFolder.swift",
            ]),
        parsing(
            "WebSupport", uses: "Values",
            only: [
                "Forms/EncodedForm.swift", "Forms/FormFailures.swift", "Forms/FormText.swift", "Forms/MultipartHead.swift",
                "Forms/MultipartParser.swift", "Server/RequestCookies.swift", "Writer/Address.swift", "Writer/PercentCoding.swift",
            ]),
        parsing("Questions", uses: "Values", only: ["Maps/Boundary.swift", "Maps/ReadBoundaries.swift"]),
        parsing("Interface", uses: "Values", only: ["PageCursor.swift"]),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "CFuzzer", "DecisionModels", "DecisionTables", "Interface", "Places", "Policy", "Questions", "Spreadsheets", "Values",
                "WebSupport",
            ], path: "Tests/Fuzz/Targets", swiftSettings: strict() + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags([runtime]), .linkedLibrary("stdc++")]),
    ]
default: break
}
