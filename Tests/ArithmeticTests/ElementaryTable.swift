// Values of elementary functions to the last bit: argument or arguments, the value rounded to nearest, and how many units
// in the last place ours lies above it. The values come from mpmath 1.3 at 300 bits of precision; arguments are the
// borders of reductions, and what the engine asks for.

let exponentials: [(Double, Double, Int)] = [
  (-0x1.622p9, 0x1.285dc1b5961f1p-1022, 0), (-0x1.590cccccccccdp9, 0x1.50e4f1f7dd98ap-996, 0),
  (-0x1.904cccccccccdp8, 0x1.675516d15bf46p-578, 0), (-0x1.5d33333333333p6, 0x1.09874c0b9cacbp-126, 0),
  (-0x1.48p4, 0x1.57a3afeed00abp-30, 0), (-0x1.ep1, 0x1.81509354f0d29p-6, 1), (-0x1p0, 0x1.78b56362cef38p-2, 0),
  (-0x1.0a2b23f3bab73p0, 0x1.6a09e667f3bcdp-2, 0), (-0x1.62e42fefa39efp-2, 0x1.6a09e667f3bcdp-1, -1),
  (-0x1.0624dd2f1a9fcp-10, 0x1.ff7cfe56f1a9ep-1, 0), (0x1p-30, 0x1.00000004p0, 0),
  (0x1.999999999999ap-4, 0x1.1aec7b35a00d4p0, 0), (0x1.62e42fefa39efp-2, 0x1.6a09e667f3bccp0, 0),
  (0x1.62e42fefa39fp-2, 0x1.6a09e667f3bcdp0, 0), (0x1.6666666666666p-1, 0x1.01c2a61268987p1, 0),
  (0x1p0, 0x1.5bf0a8b145769p1, 1), (0x1.bb9d3beb8c86bp0, 0x1.6a09e667f3bcdp2, -1),
  (0x1.5333333333333p2, 0x1.90ac725b6564cp7, 0), (0x1.0a66666666666p5, 0x1.078401f5a3ec8p48, 0),
  (0x1.bb33333333333p6, 0x1.cda2b3a95f293p159, 0), (0x1.638p8, 0x1.d68304127418ep512, 0),
  (0x1.5e2p9, 0x1.2fd8e4cbfa413p1010, 0), (0x1.62d999999999ap9, 0x1.d75ae7a50ee14p1023, 0),
]

let logarithms: [(Double, Double, Int)] = [
  (0x1.56e1fc2f8f359p-997, -0x1.5963447f87fb5p9, 0), (0x1.b013b23929499p-132, -0x1.6be35463bcba9p6, 0),
  (0x1.0c6f7a0b5ed8dp-20, -0x1.ba18a998fffap3, 0), (0x1.0624dd2f1a9fcp-11, -0x1.e6752f96f46dep2, 0),
  (0x1.3333333333333p-2, -0x1.34378fcbda721p0, 0), (0x1.6a09e667f3bccp-1, -0x1.62e42fefa39f1p-2, 0),
  (0x1.6a09e667f3bcdp-1, -0x1.62e42fefa39eep-2, 0), (0x1.6a09e667f3bcep-1, -0x1.62e42fefa39ebp-2, 0),
  (0x1.ccccccccccccdp-1, -0x1.af8e8210a415cp-4, 0), (0x1.fff2e48e8a71ep-1, -0x1.a3738d2cf1cc2p-14, 0),
  (0x1.fffffffffffffp-1, -0x1p-53, 0), (0x1.0000000000001p0, 0x1.fffffffffffffp-53, 0),
  (0x1.00068db8bac71p0, 0x1.a368d0657fcd4p-14, 0), (0x1.199999999999ap0, 0x1.8663f793c46ccp-4, 0),
  (0x1.6147ae147ae14p0, 0x1.49d041be0ce2fp-2, 1), (0x1.6a09e667f3bcdp0, 0x1.62e42fefa39fp-2, 0),
  (0x1.6a09e667f3bcep0, 0x1.62e42fefa39f3p-2, 0), (0x1p1, 0x1.62e42fefa39efp-1, 0), (0x1.5bf0a8b145769p1, 0x1p0, 0),
  (0x1.4p3, 0x1.26bb1bbb55516p1, 0), (0x1.132p9, 0x1.93dd258aeddfap2, 0), (0x1.2a05f2p33, 0x1.7069e2aa2aa5bp4, 0),
  (0x1.7e43c8800759cp996, 0x1.5963447f87fb5p9, 0),
]

let powers: [(Double, Double, Double, Int)] = [
  (0x1p-1, 0x1p-1, 0x1.6a09e667f3bcdp-1, -1), (0x1.3afb7e90ff972p-4, 0x1.3333333333333p1, 0x1.15ccf28bb8256p-9, 0),
  (0x1.3333333333333p-2, 0x1.3333333333333p1, 0x1.c77e018c0c76fp-5, 0),
  (0x1.ccccccccccccdp-1, 0x1.3333333333333p1, 0x1.8d9aea11bd81p-1, 0),
  (0x1.9a5c37387b719p-9, 0x1.aaaaaaaaaaaabp-2, 0x1.7294b41854f2ap-4, 0),
  (0x1.70a3d70a3d70ap-3, 0x1.aaaaaaaaaaaabp-2, 0x1.f52eff14ad4aap-2, 0),
  (0x1.8a3d70a3d70a4p-1, 0x1.aaaaaaaaaaaabp-2, 0x1.cb2bc528ee892p-1, 0),
  (0x1.794467381d7dcp0, 0x1.4p2, 0x1.bcdcb18217f43p2, 0), (0x1.8f5c28f5c28f6p-1, 0x1.4p2, 0x1.27a58b335d214p-2, 0),
  (0x1.6p0, 0x1.aa3d70a3d70a4p1, 0x1.719f434e88ad9p1, -1),
  (0x1.851eb851eb852p-1, -0x1.b333333333333p0, 0x1.982f50e6fe598p0, 0),
  (0x1.3333333333333p0, -0x1.b333333333333p0, 0x1.778b7d1a5156dp-1, 0),
  (0x1.23a29c779a6b5p-7, 0x1.5555555555555p-2, 0x1.a86ae199986a5p-3, 0),
  (0x1.6666666666666p-1, 0x1.5555555555555p-2, 0x1.c69b5a72f1a99p-1, 1),
  (0x1.6147ae147ae14p0, 0x1.92p6, 0x1.9fa1a34e50f5ap46, 0), (0x1.70a3d70a3d70ap-1, -0x1.92p6, 0x1.8c3327a27bb81p47, 0),
  (0x1.00068db8bac71p0, 0x1.3878p13, 0x1.5be34cbfb5089p1, -1),
  (0x1.fffeb074a771dp-1, -0x1.86ap15, 0x1.a612de0902afcp0, 0), (0x1.4p3, 0x1.44p5, 0x1.73b954f3e6ca8p134, 0),
  (0x1.f75104d551d69p-16, 0x1.ep2, 0x1.3e72c16e6f5efp-113, 0), (0x1p1, -0x1.f44p9, 0x1.6a09e667f3bcdp-1001, -1),
  (0x1.2a05f2p33, -0x1.44p4, 0x1.3d44c0d04b0b9p-673, 0),
]

let sines: [(Double, Double, Int)] = [
  (0x1.12e0be826d695p-30, 0x1.12e0be826d695p-30, 0), (0x1.999999999999ap-4, 0x1.98eaecb8bcb2cp-4, 0),
  (0x1p-1, 0x1.eaee8744b05fp-2, 0), (0x1.921fb54442d18p-1, 0x1.6a09e667f3bccp-1, 0),
  (0x1.921fb54442d19p-1, 0x1.6a09e667f3bcdp-1, 0), (0x1p0, 0x1.aed548f090ceep-1, 0), (0x1.921fb54442d18p0, 0x1p0, 0),
  (-0x1.921fb54442d18p0, -0x1p0, 0), (0x1p1, 0x1.d18f6ead1b446p-1, 0), (-0x1.2d97c7f3321d2p1, -0x1.6a09e667f3bcdp-1, 0),
  (0x1.8p1, 0x1.210386db6d55bp-3, 0), (0x1.921fb54442d18p1, 0x1.1a62633145c07p-53, 0),
  (0x1p2, -0x1.837b9dddc1eaep-1, 0), (-0x1.6p2, 0x1.693c94e0ab057p-1, 0),
  (0x1.921fb54442d18p2, -0x1.1a62633145c07p-52, 0), (0x1.6p4, -0x1.220a29f6eb9f4p-7, 0),
  (-0x1.9133333333333p6, 0x1.d4d2653b399cep-3, 0), (0x1.63p8, -0x1.f9bd0307d1de3p-16, 0),
  (0x1.f4p9, 0x1.a75cc150a206bp-1, 0), (-0x1.81cd6c8b43958p13, 0x1.687d5890974a5p-1, 0),
  (0x1.869fe66666666p16, 0x1.152d095f16415p-3, 0), (-0x1.32cbd0a3d70a4p18, 0x1.5f3452ba6992fp-8, 0),
  (0x1.e848p19, -0x1.6664b2568d867p-2, 0),
]

let cosines: [(Double, Double, Int)] = [
  (0x1.12e0be826d695p-30, 0x1p0, 0), (0x1.999999999999ap-4, 0x1.fd712f9a817c1p-1, 0), (0x1p-1, 0x1.c1528065b7d5p-1, 0),
  (0x1.921fb54442d18p-1, 0x1.6a09e667f3bcdp-1, 0), (0x1.921fb54442d19p-1, 0x1.6a09e667f3bccp-1, 0),
  (0x1p0, 0x1.14a280fb5068cp-1, 0), (0x1.921fb54442d18p0, 0x1.1a62633145c07p-54, 0),
  (-0x1.921fb54442d18p0, 0x1.1a62633145c07p-54, 0), (0x1p1, -0x1.aa22657537205p-2, 0),
  (-0x1.2d97c7f3321d2p1, -0x1.6a09e667f3bccp-1, 0), (0x1.8p1, -0x1.fae04be85e5d2p-1, 0),
  (0x1.921fb54442d18p1, -0x1p0, 0), (0x1p2, -0x1.4eaa606db24c1p-1, 0), (-0x1.6p2, 0x1.6ad6c3c07d448p-1, 0),
  (0x1.921fb54442d18p2, 0x1p0, 0), (0x1.6p4, -0x1.fffadd8d4acdap-1, 0), (-0x1.9133333333333p6, 0x1.f267825ddb65fp-1, 0),
  (0x1.63p8, -0x1.fffffffc18e4cp-1, 0), (0x1.f4p9, 0x1.1ff026793f1bbp-1, 1),
  (-0x1.81cd6c8b43958p13, 0x1.6b94c3bbe24b8p-1, 0), (0x1.869fe66666666p16, -0x1.fb4a09c5331fdp-1, 0),
  (-0x1.32cbd0a3d70a4p18, 0x1.fffe1e2e97bdfp-1, 0), (0x1.e848p19, 0x1.df9df9906d32cp-1, 0),
]

let arcTangents: [(Double, Double, Double, Int)] = [
  (0x0p0, 0x1p0, 0x0p0, 0), (0x0p0, -0x1p0, 0x1.921fb54442d18p1, 0), (0x1p0, 0x0p0, 0x1.921fb54442d18p0, 0),
  (-0x1p0, 0x0p0, -0x1.921fb54442d18p0, 0), (0x1.12e0be826d695p-30, 0x1p0, 0x1.12e0be826d695p-30, 0),
  (0x1.cp-2, 0x1p0, 0x1.a64eec3cc23fdp-2, 0), (0x1.c00000abcc771p-2, 0x1p0, 0x1.a64eecccf5p-2, 0),
  (0x1.6p-1, 0x1p0, 0x1.345f01cce37bbp-1, 0), (0x1.60000055e63b9p-1, 0x1p0, 0x1.345f020737d7cp-1, 0),
  (0x1p0, 0x1p0, 0x1.921fb54442d18p-1, 0), (0x1p0, -0x1p0, 0x1.2d97c7f3321d2p1, 0),
  (-0x1p0, -0x1p0, -0x1.2d97c7f3321d2p1, 0), (-0x1p0, 0x1p0, -0x1.921fb54442d18p-1, 0),
  (0x1.0000a7c5ac472p0, 0x1p0, 0x1.92205d09b81efp-1, 0),
  (0x1.d99999999999ap1, -0x1.999999999999ap-3, 0x1.9ff2c01a4f8bbp0, 0), (-0x1.9p4, 0x1.6p3, -0x1.280295e5f3c21p0, 0),
  (0x1.5p6, 0x1.e8p4, 0x1.38f5fa818f277p0, 0), (-0x1.3333333333333p-2, -0x1.f99999999999ap2, -0x1.8d43f386e2058p1, 0),
  (0x1.ae147ae147ae1p-4, 0x1.a9fbe76c8b439p-2, 0x1.fa58df6afce46p-3, -1),
  (0x1.4e718d7d7625ap664, -0x1.f5aa543c31387p665, 0x1.68f095fdf593cp1, 0),
  (0x1.e9e369aa2b597p-663, 0x1.87e92154ef7acp-665, 0x1.5f97315254857p0, 0),
  (0x1p1, -0x1.0624dd2f1a9fcp-10, 0x1.924079dfbae4cp0, 0),
]

let floatExponentials: [(Float, Float, Int)] = [
  (-0x1.5cp6, 0x1.666d0ep-126, 0), (-0x1.e26666p5, 0x1.00f9dep-87, 0), (-0x1.0a6666p5, 0x1.f165d4p-49, 0),
  (-0x1.ep3, 0x1.4875cap-22, 0), (-0x1.c66666p2, 0x1.b097b8p-11, 0), (-0x1.4p1, 0x1.50385cp-4, 0),
  (-0x1p0, 0x1.78b564p-2, 0), (-0x1.62e43p-2, 0x1.6a09e6p-1, 0), (-0x1.62e408p-2, 0x1.6a09f4p-1, 0),
  (-0x1.99999ap-4, 0x1.cf46dap-1, 0), (-0x1.a36e2ep-14, 0x1.fff2e4p-1, 0), (0x1.0c6f7ap-20, 0x1.00001p0, 0),
  (0x1.47ae14p-7, 0x1.0292a6p0, 0), (0x1.333334p-2, 0x1.59905ap0, -1), (0x1.62e43p-2, 0x1.6a09e6p0, 0),
  (0x1.62e438p-2, 0x1.6a09eap0, -1), (0x1.666666p-1, 0x1.01c2a6p1, 0), (0x1p0, 0x1.5bf0a8p1, 0),
  (0x1.a66666p1, 0x1.b1cd5ep4, -1), (0x1.4p3, 0x1.5829dcp14, 0), (0x1.41999ap5, 0x1.feb41p57, 0),
  (0x1.6p6, 0x1.f1056ep126, 0),
]

let floatLogarithms: [(Float, Float, Int)] = [
  (0x1.b38fbap-126, -0x1.5b3868p6, 0), (0x1.79ca1p-67, -0x1.7069e2p5, -1), (0x1.f75104p-16, -0x1.4d420ep3, 1),
  (0x1.47ae14p-6, -0x1.f4bd2cp1, 0), (0x1.333334p-2, -0x1.34379p0, 0), (0x1.6a09e6p-1, -0x1.62e432p-2, 0),
  (0x1.6a09e8p-1, -0x1.62e42cp-2, -1), (0x1.ccccccp-1, -0x1.af8e8ap-4, 0), (0x1.fffffep-1, -0x1p-24, 0),
  (0x1.000002p0, 0x1.fffffep-24, 1), (0x1.21bd82p0, 0x1.fb1d82p-4, 3), (0x1.4cccccp0, 0x1.0ca936p-2, 0),
  (0x1.6a09e6p0, 0x1.62e42ep-2, 0), (0x1.6a09e8p0, 0x1.62e434p-2, -1), (0x1p1, 0x1.62e43p-1, 0),
  (0x1.5bf0a8p1, 0x1.fffffep-1, 1), (0x1.4p3, 0x1.26bb1cp1, 0), (0x1p6, 0x1.0a2b24p2, 0), (0x1.13p9, 0x1.93d5b4p2, 0),
  (0x1.e848p19, 0x1.ba18aap3, 0), (0x1.043562p68, 0x1.7933d8p5, -1), (0x1.c363ccp127, 0x1.62632cp6, 0),
]

let floatPowers: [(Float, Float, Float, Int)] = [
  (0x1p-1, 0x1p-1, 0x1.6a09e6p-1, 0), (0x1.a36e2ep-9, 0x1.aaaaaap-2, 0x1.75f8d8p-4, -1),
  (0x1.70a3d8p-3, 0x1.aaaaaap-2, 0x1.f52fp-2, -1), (0x1.8a3d7p-1, 0x1.aaaaaap-2, 0x1.cb2bc4p-1, 0),
  (0x1.ff7ceep-1, 0x1.aaaaaap-2, 0x1.ffc96p-1, 0), (0x1.e66666p0, 0x1.333334p-2, 0x1.365c38p0, 0),
  (0x1p-1, 0x1.b33334p0, 0x1.3b2c48p-2, 0), (0x1p0, 0x1.19999ap1, 0x1p0, 0), (0x1.ecp6, 0x1.2b851ep1, 0x1.2f7c44p16, 4),
  (0x1.0624dep-10, 0x1.ccccccp-2, 0x1.6dec5ap-5, 0), (0x1.f5c29p-1, 0x1.333334p1, 0x1.e7c464p-1, 0),
  (0x1.051eb8p0, 0x1.333334p1, 0x1.0c75e2p0, 0), (0x1.4cccccp0, 0x1.0cccccp1, 0x1.bc241ep0, 1),
  (0x1.cp0, 0x1.a3d70ap-2, 0x1.4205a2p0, 1), (0x1.47ae14p-5, 0x1.4p1, 0x1.4f8b58p-12, -2),
  (0x1.3a92a4p-12, 0x1.8p1, 0x1.dafd36p-36, 29), (0x1.4cccccp1, 0x1.eb851ep-2, 0x1.94f95ap0, 0),
  (0x1.ep2, -0x1.8p0, 0x1.8ed6e2p-5, -1), (0x1.333334p-2, -0x1p2, 0x1.edd3bcp6, 3),
  (0x1.9p5, 0x1.4p3, 0x1.5af1d8p56, 18),
]

let floatArcTangents: [(Float, Float, Float, Int)] = [
  (0x0p0, 0x1p0, 0x0p0, 0), (0x0p0, -0x1p0, 0x1.921fb6p1, 0), (0x1p0, 0x0p0, 0x1.921fb6p0, 0),
  (-0x1p0, 0x0p0, -0x1.921fb6p0, 0), (0x1.0c6f7ap-20, 0x1p0, 0x1.0c6f7ap-20, 0),
  (0x1.a8240cp-2, 0x1p0, 0x1.921cacp-2, 1), (0x1.a8294ap-2, 0x1p0, 0x1.922126p-2, -1), (0x1p0, 0x1p0, 0x1.921fb6p-1, 0),
  (0x1p0, -0x1p0, 0x1.2d97c8p1, 0), (-0x1p0, -0x1p0, -0x1.2d97c8p1, 0), (-0x1p0, 0x1p0, -0x1.921fb6p-1, 0),
  (0x1.00418ap0, 0x1p0, 0x1.926136p-1, 1), (0x1.d9999ap1, -0x1.99999ap-3, 0x1.9ff2cp0, 0),
  (-0x1.9p4, 0x1.6p3, -0x1.280296p0, 0), (0x1.5p6, 0x1.e8p4, 0x1.38f5fap0, 1),
  (-0x1.333334p-2, -0x1.f9999ap2, -0x1.8d43f4p1, 0), (0x1.ae147ap-4, 0x1.a9fbe8p-2, 0x1.fa58dep-3, -1),
  (0x1.dep6, -0x1.2p6, 0x1.0e78bep1, 0), (-0x1.88p3, 0x1.ep5, -0x1.9c76f2p-3, 1),
  (0x1p1, -0x1.0624dep-10, 0x1.92407ap0, 0),
]
