func comparison(_ plan: Plan, folder: String) throws -> String { "" }
