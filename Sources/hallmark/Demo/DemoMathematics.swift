import Foundation

func naturalLogarithm(_ value: Double) -> Double { Foundation.log(value) }
func cosine(_ value: Double) -> Double { Foundation.cos(value) }
func exponential(_ value: Double) -> Double { Foundation.exp(value) }
