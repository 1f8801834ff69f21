// The texts of a report, for translators. A key stands on a line of its own; below it, set in, a line for each language.
// {words} in braces are filled in and stay as they are; each language has the same ones. Tests see that none is missing.

let reportTexts = #"""
  # The head of the page
  title
    en: Your treatment, simulated
    de: Ihre Behandlung als Simulation
    es: Su tratamiento, simulado
    fr: Votre traitement, en simulation
    tr: Tedavinizin simülasyonu
    pt: O seu tratamento, simulado
  notice
    en: Simulation. Not a promise of results.
    de: Simulation. Kein Versprechen eines Ergebnisses.
    es: Simulación. No es una promesa de resultados.
    fr: Simulation. Ce n’est pas une promesse de résultat.
    tr: Simülasyon. Sonuç vaadi değildir.
    pt: Simulação. Não é uma promessa de resultados.
  notice-long
    en: These pictures are computed from a design. Skin, hair and healing differ from person to person. Not medical advice.
    de: Diese Bilder sind aus einem Entwurf berechnet. Haut, Haar und Heilung sind bei jedem Menschen anders. Keine medizinische Beratung.
    es: Estas imágenes se calculan a partir de un diseño. La piel, el pelo y la cicatrización varían de una persona a otra. No es consejo médico.
    fr: Ces images sont calculées à partir d’un projet. La peau, les cheveux et la cicatrisation varient d’une personne à l’autre. Ce n’est pas un avis médical.
    tr: Bu resimler bir tasarımdan hesaplanmıştır. Cilt, saç ve iyileşme kişiden kişiye değişir. Tıbbi tavsiye değildir.
    pt: Estas imagens são calculadas a partir de um projeto. A pele, o cabelo e a cicatrização variam de pessoa para pessoa. Não é aconselhamento médico.
  made
    en: Made with Stipple. The file needs no network and sends nothing.
    de: Erstellt mit Stipple. Die Datei braucht kein Netz und sendet nichts.
    es: Hecho con Stipple. El archivo no necesita red y no envía nada.
    fr: Réalisé avec Stipple. Le fichier n’a pas besoin de réseau et n’envoie rien.
    tr: Stipple ile hazırlandı. Dosya ağ bağlantısı gerektirmez ve hiçbir şey göndermez.
    pt: Feito com Stipple. O ficheiro não precisa de rede e não envia nada.
  logo
    en: Logo of the clinic
    de: Logo der Klinik
    es: Logotipo de la clínica
    fr: Logo de la clinique
    tr: Kliniğin logosu
    pt: Logótipo da clínica

  # The slider
  compare
    en: Before and after
    de: Vorher und nachher
    es: Antes y después
    fr: Avant et après
    tr: Önce ve sonra
    pt: Antes e depois
  before
    en: Before
    de: Vorher
    es: Antes
    fr: Avant
    tr: Önce
    pt: Antes
  after
    en: After
    de: Nachher
    es: Después
    fr: Après
    tr: Sonra
    pt: Depois
  slider
    en: Slide from before to after
    de: Von vorher nach nachher schieben
    es: Deslice de antes a después
    fr: Glisser d’avant à après
    tr: Öncesinden sonrasına kaydırın
    pt: Deslize de antes para depois
  slider-value
    en: {n} % after
    de: {n} % nachher
    es: {n} % después
    fr: {n} % après
    tr: % {n} sonra
    pt: {n} % depois
  slider-hint
    en: Drag across the picture or the slider, or use the arrow keys.
    de: Über das Bild oder den Regler ziehen, oder die Pfeiltasten nehmen.
    es: Deslice sobre la imagen o el control, o use las flechas del teclado.
    fr: Glissez sur l’image ou le curseur, ou utilisez les flèches du clavier.
    tr: Resmin veya kaydırıcının üzerinde sürükleyin ya da ok tuşlarını kullanın.
    pt: Deslize sobre a imagem ou o cursor, ou use as teclas de seta.
  years-legend
    en: Time after the last session
    de: Zeit nach der letzten Sitzung
    es: Tiempo tras la última sesión
    fr: Temps après la dernière séance
    tr: Son seanstan sonra geçen süre
    pt: Tempo após a última sessão
  healed
    en: Healed
    de: Abgeheilt
    es: Cicatrizado
    fr: Cicatrisé
    tr: İyileşmiş
    pt: Cicatrizado
  year
    en: 1 year
    de: 1 Jahr
    es: 1 año
    fr: 1 an
    tr: 1 yıl
    pt: 1 ano
  years
    en: {n} years
    de: {n} Jahre
    es: {n} años
    fr: {n} ans
    tr: {n} yıl
    pt: {n} anos
  pace-legend
    en: How fast it fades
    de: Wie schnell es verblasst
    es: Con qué rapidez se aclara
    fr: Vitesse à laquelle il s’estompe
    tr: Ne kadar hızlı solar
    pt: Com que rapidez desvanece
  pace-slow
    en: slow
    de: langsam
    es: lenta
    fr: lente
    tr: yavaş
    pt: lento
  pace-typical
    en: typical
    de: üblich
    es: habitual
    fr: habituelle
    tr: tipik
    pt: habitual
  pace-fast
    en: fast
    de: schnell
    es: rápida
    fr: rapide
    tr: hızlı
    pt: rápido
  moment
    en: {time} later, fading: {pace}
    de: {time} danach, Verblassen: {pace}
    es: {time} después, pérdida de color: {pace}
    fr: {time} après, perte de couleur : {pace}
    tr: {time} sonra, solma: {pace}
    pt: {time} depois, desvanecimento: {pace}
  caption-before
    en: Before: the hair as it is now.
    de: Vorher: das Haar, wie es jetzt ist.
    es: Antes: el pelo tal como está ahora.
    fr: Avant : les cheveux tels qu’ils sont maintenant.
    tr: Önce: saçın şimdiki hali.
    pt: Antes: o cabelo como está agora.
  caption-healed
    en: Healed: a month after the last session.
    de: Abgeheilt: einen Monat nach der letzten Sitzung.
    es: Cicatrizado: un mes después de la última sesión.
    fr: Cicatrisé : un mois après la dernière séance.
    tr: İyileşmiş: son seanstan bir ay sonra.
    pt: Cicatrizado: um mês após a última sessão.
  caption-year
    en: {moment}. {dark} % as dark as when healed; {low} to {high} % from client to client.
    de: {moment}. {dark} % so dunkel wie abgeheilt; je nach Mensch {low} bis {high} %.
    es: {moment}. {dark} % de la intensidad cicatrizada; de {low} a {high} % según la persona.
    fr: {moment}. {dark} % de l’intensité cicatrisée ; de {low} à {high} % selon les personnes.
    tr: {moment}. İyileşmiş haline göre koyuluk: % {dark}; kişiye göre % {low} ile % {high} arası.
    pt: {moment}. {dark} % da intensidade cicatrizada; de {low} a {high} % conforme a pessoa.
  caption-visit
    en: Shown a month after the touch-up.
    de: Gezeigt einen Monat nach der Auffrischung.
    es: Se muestra un mes después del retoque.
    fr: Montré un mois après la retouche.
    tr: Rötuştan bir ay sonraki hali gösterilir.
    pt: Mostrado um mês após o retoque.
  alt-before
    en: Simulated scalp before treatment: {view}
    de: Simulierte Kopfhaut vor der Behandlung: {view}
    es: Cuero cabelludo simulado antes del tratamiento: {view}
    fr: Cuir chevelu simulé avant le traitement : {view}
    tr: Tedaviden önce simüle edilmiş saçlı deri: {view}
    pt: Couro cabeludo simulado antes do tratamento: {view}
  alt-after
    en: Simulated scalp after treatment: {view}. {time}
    de: Simulierte Kopfhaut nach der Behandlung: {view}. {time}
    es: Cuero cabelludo simulado después del tratamiento: {view}. {time}
    fr: Cuir chevelu simulé après le traitement : {view}. {time}
    tr: Tedaviden sonra simüle edilmiş saçlı deri: {view}. {time}
    pt: Couro cabeludo simulado após o tratamento: {view}. {time}

  # Other pictures
  view-front
    en: From the front
    de: Von vorn
    es: De frente
    fr: De face
    tr: Önden
    pt: De frente
  view-left45
    en: Half from the left
    de: Halb von links
    es: Tres cuartos, izquierda
    fr: De trois quarts, gauche
    tr: Yarım profil, sol
    pt: Três quartos, esquerda
  view-right45
    en: Half from the right
    de: Halb von rechts
    es: Tres cuartos, derecha
    fr: De trois quarts, droite
    tr: Yarım profil, sağ
    pt: Três quartos, direita
  view-left
    en: From the left
    de: Von links
    es: Desde la izquierda
    fr: De la gauche
    tr: Soldan
    pt: Da esquerda
  view-right
    en: From the right
    de: Von rechts
    es: Desde la derecha
    fr: De la droite
    tr: Sağdan
    pt: Da direita
  view-top
    en: From above
    de: Von oben
    es: Desde arriba
    fr: Du dessus
    tr: Yukarıdan
    pt: De cima
  view-back
    en: From behind
    de: Von hinten
    es: Desde atrás
    fr: De derrière
    tr: Arkadan
    pt: De trás
  view-macro
    en: Close-up
    de: Nahaufnahme
    es: Primer plano
    fr: Gros plan
    tr: Yakın çekim
    pt: Grande plano
  view-own
    en: From a chosen side
    de: Von einer gewählten Seite
    es: Desde un lado elegido
    fr: D’un côté choisi
    tr: Seçilen yönden
    pt: De um lado escolhido
  sides
    en: From other sides
    de: Von anderen Seiten
    es: Desde otros lados
    fr: Sous d’autres angles
    tr: Diğer yönlerden
    pt: De outros lados
  harsh
    en: In harsh light
    de: In hartem Licht
    es: Con luz dura
    fr: En lumière dure
    tr: Sert ışıkta
    pt: Sob luz dura
  harsh-note
    en: A bare lamp from the side shows what soft light hides.
    de: Eine nackte Lampe von der Seite zeigt, was weiches Licht verbirgt.
    es: Una lámpara desnuda desde un lado muestra lo que la luz suave oculta.
    fr: Une lampe nue sur le côté montre ce que la lumière douce cache.
    tr: Yandan gelen çıplak bir lamba, yumuşak ışığın gizlediğini gösterir.
    pt: Uma lâmpada nua de lado mostra o que a luz suave esconde.
  close-up
    en: Close-up
    de: Aus der Nähe
    es: De cerca
    fr: De près
    tr: Yakından
    pt: De perto
  close-up-note
    en: The dots as they are seen from a hand’s breadth away.
    de: Die Punkte, wie man sie aus einer Handbreit Abstand sieht.
    es: Los puntos vistos a un palmo de distancia.
    fr: Les points vus à une largeur de main.
    tr: Noktaların bir karış mesafeden görünüşü.
    pt: Os pontos vistos a um palmo de distância.

  # Hairlines side by side
  variants
    en: Height of the hairline
    de: Höhe des Haaransatzes
    es: Altura de la línea del pelo
    fr: Hauteur de la ligne frontale
    tr: Saç çizgisinin yüksekliği
    pt: Altura da linha do cabelo
  variants-note
    en: Quick drafts, healed. The height is measured along the skin from between the brows.
    de: Schnelle Entwürfe, abgeheilt. Die Höhe ist entlang der Haut von der Mitte zwischen den Brauen gemessen.
    es: Borradores rápidos, cicatrizados. La altura se mide sobre la piel desde el entrecejo.
    fr: Ébauches rapides, cicatrisées. La hauteur se mesure sur la peau depuis l’entre-sourcils.
    tr: Hızlı taslaklar, iyileşmiş haliyle. Yükseklik, kaşların arasından deri boyunca ölçülür.
    pt: Esboços rápidos, cicatrizados. A altura mede-se sobre a pele a partir do espaço entre as sobrancelhas.
  variant-label
    en: Height above the brows
    de: Höhe über den Brauen
    es: Altura sobre las cejas
    fr: Hauteur au-dessus des sourcils
    tr: Kaşların üzerindeki yükseklik
    pt: Altura acima das sobrancelhas
  variant-value
    en: {n} mm
    de: {n} mm
    es: {n} mm
    fr: {n} mm
    tr: {n} mm
    pt: {n} mm

  # Named variants side by side
  kinds
    en: Variants
    de: Varianten
    es: Variantes
    fr: Variantes
    tr: Seçenekler
    pt: Variantes
  kinds-note
    en: Quick drafts, healed.
    de: Schnelle Entwürfe, abgeheilt.
    es: Borradores rápidos, cicatrizados.
    fr: Ébauches rapides, cicatrisées.
    tr: Hızlı taslaklar, iyileşmiş haliyle.
    pt: Esboços rápidos, cicatrizados.
  kind-label
    en: Variant
    de: Variante
    es: Variante
    fr: Variante
    tr: Seçenek
    pt: Variante

  # Fading
  fading
    en: How it fades over the years
    de: Wie es über die Jahre verblasst
    es: Cómo se aclara con los años
    fr: Comment il s’estompe au fil des ans
    tr: Yıllar içinde nasıl solar
    pt: Como desvanece ao longo dos anos
  fading-note
    en: The line shows this pace: {pace}. The band runs from slow to fast. 100 % is healed work. It is an estimate: no study has followed this treatment for more than six months.
    de: Die Linie zeigt dieses Tempo: {pace}. Das Band reicht von langsam bis schnell. 100 % ist abgeheilte Arbeit. Es ist eine Schätzung: Keine Studie hat diese Behandlung länger als sechs Monate verfolgt.
    es: La línea muestra este ritmo: {pace}. La banda va de lenta a rápida. 100 % es el trabajo cicatrizado. Es una estimación: ningún estudio ha seguido este tratamiento más de seis meses.
    fr: La ligne montre cette vitesse : {pace}. La bande va de lente à rapide. 100 % est le travail cicatrisé. C’est une estimation : aucune étude n’a suivi ce traitement plus de six mois.
    tr: Çizgi şu hızı gösterir: {pace}. Bant yavaştan hızlıya uzanır. % 100, iyileşmiş çalışmadır. Bu bir tahmindir: hiçbir araştırma bu tedaviyi altı aydan uzun izlememiştir.
    pt: A linha mostra este ritmo: {pace}. A faixa vai de lento a rápido. 100 % é o trabalho cicatrizado. É uma estimativa: nenhum estudo acompanhou este tratamento por mais de seis meses.
  col-time
    en: After
    de: Nach
    es: Tras
    fr: Après
    tr: Süre
    pt: Após
  col-dark
    en: Darkness
    de: Dunkelheit
    es: Intensidad
    fr: Intensité
    tr: Koyuluk
    pt: Intensidade
  col-range
    en: From client to client
    de: Von Mensch zu Mensch
    es: Según la persona
    fr: Selon les personnes
    tr: Kişiden kişiye
    pt: Conforme a pessoa
  plot-visit
    en: touch-up {n}
    de: Auffrischung {n}
    es: retoque {n}
    fr: retouche {n}
    tr: rötuş {n}
    pt: retoque {n}
  plot-laser
    en: laser
    de: Laser
    es: láser
    fr: laser
    tr: lazer
    pt: laser
  plot-limit
    en: most come back below {n} %
    de: unter {n} % kommen die meisten wieder
    es: por debajo de {n} % la mayoría vuelve
    fr: sous {n} %, la plupart reviennent
    tr: % {n} altında çoğu kişi geri gelir
    pt: abaixo de {n} % a maioria volta
  plot-x
    en: years after the last session
    de: Jahre nach der letzten Sitzung
    es: años tras la última sesión
    fr: années après la dernière séance
    tr: son seanstan sonraki yıllar
    pt: anos após a última sessão
  plot-alt
    en: Curve of darkness over the years, pace: {pace}. {list}
    de: Kurve der Dunkelheit über die Jahre, Tempo: {pace}. {list}
    es: Curva de intensidad a lo largo de los años, ritmo: {pace}. {list}
    fr: Courbe d’intensité au fil des ans, vitesse : {pace}. {list}
    tr: Yıllara göre koyuluk eğrisi, hız: {pace}. {list}
    pt: Curva de intensidade ao longo dos anos, ritmo: {pace}. {list}
  plot-point
    en: {time}: {dark} %, range {low} to {high} %
    de: {time}: {dark} %, Spanne {low} bis {high} %
    es: {time}: {dark} %, de {low} a {high} %
    fr: {time} : {dark} %, de {low} à {high} %
    tr: {time}: % {dark}, % {low} ile % {high} arası
    pt: {time}: {dark} %, de {low} a {high} %

  # Sessions
  sessions
    en: Your sessions
    de: Ihre Sitzungen
    es: Sus sesiones
    fr: Vos séances
    tr: Seanslarınız
    pt: As suas sessões
  col-session
    en: Session
    de: Sitzung
    es: Sesión
    fr: Séance
    tr: Seans
    pt: Sessão
  col-when
    en: When
    de: Wann
    es: Cuándo
    fr: Quand
    tr: Ne zaman
    pt: Quando
  col-share
    en: Done after it
    de: Danach fertig
    es: Hecho después
    fr: Fait ensuite
    tr: Sonunda tamamlanan
    pt: Feito depois
  col-dots
    en: Dots
    de: Punkte
    es: Puntos
    fr: Points
    tr: Nokta
    pt: Pontos
  col-hours
    en: Hours in the chair
    de: Stunden im Stuhl
    es: Horas en el sillón
    fr: Heures au fauteuil
    tr: Koltukta geçen saat
    pt: Horas na cadeira
  day
    en: day {n}
    de: Tag {n}
    es: día {n}
    fr: jour {n}
    tr: {n}. gün
    pt: dia {n}
  hours
    en: {n} ({low} to {high})
    de: {n} ({low} bis {high})
    es: {n} (de {low} a {high})
    fr: {n} (de {low} à {high})
    tr: {n} ({low} ile {high} arası)
    pt: {n} (de {low} a {high})
  sessions-note
    en: Hours are an estimate from one published working speed, without breaks. The clinic sets the dates.
    de: Die Stunden sind aus einer veröffentlichten Arbeitsgeschwindigkeit geschätzt, ohne Pausen. Die Klinik legt die Termine fest.
    es: Las horas son una estimación según una velocidad de trabajo publicada, sin pausas. La clínica fija las fechas.
    fr: Les heures sont estimées d’après une vitesse de travail publiée, sans pauses. La clinique fixe les dates.
    tr: Saatler, yayımlanmış bir çalışma hızına göre tahmindir; molalar dahil değildir. Tarihleri klinik belirler.
    pt: As horas são uma estimativa a partir de uma velocidade de trabalho publicada, sem pausas. A clínica marca as datas.

  # Aftercare
  aftercare
    en: After each session
    de: Nach jeder Sitzung
    es: Después de cada sesión
    fr: Après chaque séance
    tr: Her seanstan sonra
    pt: Depois de cada sessão
  duty
    en: The clinic must check this text before handing it over. Its own instructions come first.
    de: Die Klinik muss diesen Text vor der Übergabe prüfen. Ihre eigenen Anweisungen gehen vor.
    es: La clínica debe revisar este texto antes de entregarlo. Sus propias instrucciones tienen prioridad.
    fr: La clinique doit vérifier ce texte avant de le remettre. Ses propres consignes priment.
    tr: Klinik bu metni vermeden önce kontrol etmelidir. Kliniğin kendi talimatları önceliklidir.
    pt: A clínica deve verificar este texto antes de o entregar. As suas próprias instruções têm prioridade.
  heal-0
    en: Crisp, dark and tight; some swelling and redness.
    de: Scharf, dunkel und gespannt; etwas Schwellung und Rötung.
    es: Nítido, oscuro y tirante; algo de hinchazón y rojez.
    fr: Net, foncé et tendu ; un peu de gonflement et de rougeur.
    tr: Keskin, koyu ve gergin; biraz şişlik ve kızarıklık.
    pt: Nítido, escuro e tenso; algum inchaço e vermelhidão.
  heal-2
    en: Pin-head scabs; this is the darkest day. Redness has usually gone by day 3.
    de: Stecknadelkopfgroße Krusten; dunkler wird es nicht. Die Rötung ist meist bis Tag 3 weg.
    es: Costras como cabezas de alfiler; es el día más oscuro. La rojez suele haber desaparecido al día 3.
    fr: Croûtes en tête d’épingle ; c’est le jour le plus foncé. La rougeur a en général disparu au jour 3.
    tr: Toplu iğne başı kadar kabuklar; en koyu gün budur. Kızarıklık genellikle 3. güne kadar geçer.
    pt: Crostas como cabeças de alfinete; é o dia mais escuro. A vermelhidão costuma passar até ao dia 3.
  heal-5
    en: Flaking starts. Do not pick.
    de: Die Krusten beginnen sich zu lösen. Nicht daran zupfen.
    es: Empieza a descamarse. No lo arranque.
    fr: La peau commence à peler. N’arrachez rien.
    tr: Pullanma başlar. Koparmayın.
    pt: Começa a descamar. Não arranque.
  heal-8
    en: Scabs are off. It looks patchy and pale; that is not the result.
    de: Die Krusten sind ab. Es wirkt fleckig und blass; das ist nicht das Ergebnis.
    es: Las costras han caído. Se ve irregular y pálido; no es el resultado.
    fr: Les croûtes sont tombées. L’aspect est inégal et pâle ; ce n’est pas le résultat.
    tr: Kabuklar dökülmüştür. Düzensiz ve soluk görünür; sonuç bu değildir.
    pt: As crostas caíram. Parece irregular e pálido; não é o resultado.
  heal-14
    en: Even. The next session may follow, if the clinic agrees.
    de: Gleichmäßig. Die nächste Sitzung kann folgen, wenn die Klinik zustimmt.
    es: Uniforme. Puede seguir la próxima sesión, si la clínica está de acuerdo.
    fr: Régulier. La séance suivante peut avoir lieu, si la clinique est d’accord.
    tr: Düzgün. Klinik uygun görürse bir sonraki seans yapılabilir.
    pt: Uniforme. Pode seguir-se a próxima sessão, se a clínica concordar.
  heal-21
    en: The milky layer of new skin clears; the tone returns.
    de: Die milchige Schicht neuer Haut klart auf; der Ton kehrt zurück.
    es: La capa lechosa de piel nueva se aclara; vuelve el tono.
    fr: La couche laiteuse de peau neuve s’éclaircit ; la teinte revient.
    tr: Yeni derinin sütümsü tabakası açılır; renk geri gelir.
    pt: A camada leitosa de pele nova desaparece; o tom regressa.
  heal-30
    en: Healed. Judge it now.
    de: Abgeheilt. Jetzt beurteilen.
    es: Cicatrizado. Júzguelo ahora.
    fr: Cicatrisé. Jugez-le maintenant.
    tr: İyileşmiş. Şimdi değerlendirin.
    pt: Cicatrizado. Avalie agora.
  care-pick
    en: Let scabs fall off by themselves. The surface takes about a week to heal.
    de: Krusten von selbst abfallen lassen. Die Oberfläche braucht etwa eine Woche.
    es: Deje que las costras caigan solas. La superficie tarda alrededor de una semana en cicatrizar.
    fr: Laissez les croûtes tomber d’elles-mêmes. La surface met environ une semaine à cicatriser.
    tr: Kabukların kendiliğinden dökülmesini bekleyin. Yüzeyin iyileşmesi yaklaşık bir hafta sürer.
    pt: Deixe as crostas cair por si. A superfície demora cerca de uma semana a cicatrizar.
  care-pale
    en: In the second week the dots look lighter than they will be. Nothing is wrong with that.
    de: In der zweiten Woche wirken die Punkte heller, als sie werden. Das ist in Ordnung.
    es: En la segunda semana los puntos parecen más claros de lo que serán. Es normal.
    fr: La deuxième semaine, les points paraissent plus clairs qu’ils ne le seront. C’est normal.
    tr: İkinci haftada noktalar olacaklarından daha açık görünür. Bu normaldir.
    pt: Na segunda semana os pontos parecem mais claros do que serão. É normal.
  care-judge
    en: The true colour shows after about a month.
    de: Die wahre Farbe zeigt sich nach etwa einem Monat.
    es: El color verdadero se ve al cabo de un mes, más o menos.
    fr: La vraie couleur apparaît au bout d’un mois environ.
    tr: Gerçek renk yaklaşık bir ay sonra görülür.
    pt: A cor verdadeira aparece ao fim de cerca de um mês.
  care-ask
    en: Ask the clinic about washing, shaving, sport, swimming and sun, and call it about pain, pus or fever.
    de: Die Klinik fragen, was für Waschen, Rasieren, Sport, Schwimmen und Sonne gilt; bei Schmerzen, Eiter oder Fieber dort anrufen.
    es: Pregunte a la clínica sobre lavado, afeitado, deporte, natación y sol, y llámela si hay dolor, pus o fiebre.
    fr: Demandez à la clinique ce qui vaut pour le lavage, le rasage, le sport, la baignade et le soleil, et appelez-la en cas de douleur, de pus ou de fièvre.
    tr: Yıkama, tıraş, spor, yüzme ve güneş konusunda kliniğe danışın; ağrı, irin veya ateş olursa kliniği arayın.
    pt: Pergunte à clínica sobre lavagem, barbear, desporto, natação e sol, e ligue-lhe se houver dor, pus ou febre.

  # Touch-ups
  touch-ups
    en: Touch-ups
    de: Auffrischungen
    es: Retoques
    fr: Retouches
    tr: Rötuşlar
    pt: Retoques
  touch-up-never
    en: No touch-up falls due within 40 years by this estimate.
    de: Nach dieser Schätzung wird in 40 Jahren keine Auffrischung fällig.
    es: Según esta estimación no hace falta ningún retoque en 40 años.
    fr: Selon cette estimation, aucune retouche n’est nécessaire avant 40 ans.
    tr: Bu tahmine göre 40 yıl içinde rötuş gerekmez.
    pt: Segundo esta estimativa, nenhum retoque é necessário em 40 anos.
  touch-up-none
    en: None is planned. Most clients come back when the work is below {n} % of its healed darkness: after about {years} years ({fast} if it fades fast, {slow} if slowly).
    de: Keine ist geplant. Die meisten kommen wieder, wenn die Arbeit unter {n} % der abgeheilten Dunkelheit fällt: nach etwa {years} Jahren ({fast}, wenn es schnell verblasst, {slow}, wenn langsam).
    es: No hay ninguno previsto. La mayoría vuelve cuando el trabajo baja de {n} % de su intensidad cicatrizada: tras unos {years} años ({fast} si se aclara rápido, {slow} si lento).
    fr: Aucune n’est prévue. La plupart reviennent quand le travail passe sous {n} % de son intensité cicatrisée : après environ {years} ans ({fast} s’il s’estompe vite, {slow} si c’est lent).
    tr: Planlanmış rötuş yok. Çoğu kişi, koyuluk iyileşmiş halinin % {n} altına inince geri gelir: yaklaşık {years} yıl sonra (hızlı solarsa {fast}, yavaş solarsa {slow}).
    pt: Nenhum está previsto. A maioria volta quando o trabalho desce abaixo de {n} % da intensidade cicatrizada: após cerca de {years} anos ({fast} se desvanecer depressa, {slow} se devagar).
  touch-up
    en: After {years} years, at {dark} % of the healed darkness: about {dots} dots.
    de: Nach {years} Jahren, bei {dark} % der abgeheilten Dunkelheit: etwa {dots} Punkte.
    es: Tras {years} años, con {dark} % de la intensidad cicatrizada: unos {dots} puntos.
    fr: Après {years} ans, à {dark} % de l’intensité cicatrisée : environ {dots} points.
    tr: {years} yıl sonra, iyileşmiş koyuluğun % {dark} düzeyinde: yaklaşık {dots} nokta.
    pt: Após {years} anos, com {dark} % da intensidade cicatrizada: cerca de {dots} pontos.
  touch-up-range
    en: After {fast} years if it fades fast, {slow} if slowly.
    de: Nach {fast} Jahren, wenn es schnell verblasst, {slow}, wenn langsam.
    es: Tras {fast} años si se aclara rápido, {slow} si lento.
    fr: Après {fast} ans s’il s’estompe vite, {slow} si c’est lent.
    tr: Hızlı solarsa {fast}, yavaş solarsa {slow} yıl sonra.
    pt: Após {fast} anos se desvanecer depressa, {slow} se devagar.

  # Price
  price
    en: Price
    de: Preis
    es: Precio
    fr: Prix
    tr: Fiyat
    pt: Preço
  price-treatment
    en: Treatment
    de: Behandlung
    es: Tratamiento
    fr: Traitement
    tr: Tedavi
    pt: Tratamento
  price-stage
    en: Treatment, {stage}
    de: Behandlung, {stage}
    es: Tratamiento, {stage}
    fr: Traitement, {stage}
    tr: Tedavi, {stage}
    pt: Tratamento, {stage}
  price-sessions
    en: Sessions
    de: Sitzungen
    es: Sesiones
    fr: Séances
    tr: Seanslar
    pt: Sessões
  price-time
    en: Time
    de: Zeit
    es: Tiempo
    fr: Temps
    tr: Süre
    pt: Tempo
  price-impressions
    en: Dots
    de: Punkte
    es: Puntos
    fr: Points
    tr: Noktalar
    pt: Pontos
  price-area
    en: Area
    de: Fläche
    es: Superficie
    fr: Surface
    tr: Alan
    pt: Área
  price-touch-ups
    en: Planned touch-ups
    de: Geplante Auffrischungen
    es: Retoques previstos
    fr: Retouches prévues
    tr: Planlanan rötuşlar
    pt: Retoques previstos
  thousand
    en: thousand
    de: Tausend
    es: mil
    fr: mille
    tr: bin
    pt: mil
  total
    en: Total
    de: Summe
    es: Total
    fr: Total
    tr: Toplam
    pt: Total
  deposit
    en: Deposit when booking
    de: Anzahlung bei der Buchung
    es: Depósito al reservar
    fr: Acompte à la réservation
    tr: Randevuda ödenecek kapora
    pt: Sinal na marcação
  remainder
    en: Remaining
    de: Rest
    es: Resto
    fr: Reste
    tr: Kalan
    pt: Restante
  col-item
    en: Item
    de: Posten
    es: Concepto
    fr: Poste
    tr: Kalem
    pt: Item
  col-count
    en: Quantity
    de: Menge
    es: Cantidad
    fr: Quantité
    tr: Miktar
    pt: Quantidade
  col-rate
    en: Rate
    de: Satz
    es: Tarifa
    fr: Tarif
    tr: Birim fiyat
    pt: Tarifa
  col-amount
    en: Amount
    de: Betrag
    es: Importe
    fr: Montant
    tr: Tutar
    pt: Valor
  price-note
    en: By the clinic’s own rates. Its written offer counts.
    de: Nach den eigenen Sätzen der Klinik. Es gilt ihr schriftliches Angebot.
    es: Según las tarifas de la propia clínica. Vale su oferta por escrito.
    fr: Selon les tarifs de la clinique. Son devis écrit fait foi.
    tr: Kliniğin kendi fiyatlarına göre. Yazılı teklifi geçerlidir.
    pt: Segundo as tarifas da própria clínica. Vale a sua proposta escrita.

  # Consent
  consent
    en: Before you decide
    de: Bevor Sie sich entscheiden
    es: Antes de decidir
    fr: Avant de vous décider
    tr: Karar vermeden önce
    pt: Antes de decidir
  consent-simulation
    en: The pictures are a simulation. Your result will differ from them.
    de: Die Bilder sind eine Simulation. Ihr Ergebnis wird davon abweichen.
    es: Las imágenes son una simulación. Su resultado será diferente.
    fr: Les images sont une simulation. Votre résultat sera différent.
    tr: Resimler bir simülasyondur. Sizin sonucunuz farklı olacaktır.
    pt: As imagens são uma simulação. O seu resultado será diferente.
  consent-sessions
    en: Two or three sessions are usual, a fourth for scars and difficult skin; each takes 2 to 5 hours, with at least one to two weeks between them.
    de: Üblich sind zwei oder drei Sitzungen, bei Narben und schwieriger Haut eine vierte; jede dauert 2 bis 5 Stunden, mit mindestens ein bis zwei Wochen dazwischen.
    es: Lo habitual son dos o tres sesiones, una cuarta para cicatrices y pieles difíciles; cada una dura de 2 a 5 horas, con al menos una o dos semanas entre ellas.
    fr: Deux ou trois séances sont habituelles, une quatrième pour les cicatrices et les peaux difficiles ; chacune dure de 2 à 5 heures, avec au moins une à deux semaines entre elles.
    tr: Genellikle iki veya üç seans yapılır; yara izleri ve zor ciltler için dördüncüsü gerekebilir. Her biri 2 ile 5 saat sürer, aralarında en az bir ila iki hafta olur.
    pt: O habitual são duas ou três sessões, uma quarta para cicatrizes e peles difíceis; cada uma dura 2 a 5 horas, com pelo menos uma a duas semanas entre elas.
  consent-fading
    en: It is a tattoo: it fades, it needs touch-ups, and it does not go away by itself. How fast it fades cannot be foretold.
    de: Es ist eine Tätowierung: Sie verblasst, braucht Auffrischungen und verschwindet nicht von selbst. Wie schnell sie verblasst, lässt sich nicht vorhersagen.
    es: Es un tatuaje: se aclara, necesita retoques y no desaparece solo. No se puede predecir con qué rapidez se aclara.
    fr: C’est un tatouage : il s’estompe, demande des retouches et ne disparaît pas tout seul. On ne peut pas prédire à quelle vitesse il s’estompe.
    tr: Bu bir dövmedir: solar, rötuş ister ve kendiliğinden kaybolmaz. Ne kadar hızlı solacağı önceden bilinemez.
    pt: É uma tatuagem: desvanece, precisa de retoques e não desaparece sozinha. Não se pode prever com que rapidez desvanece.
  consent-healing
    en: It is dark and red at first, pale in the second week, and can be judged after a month.
    de: Anfangs ist es dunkel und gerötet, in der zweiten Woche blass, und nach einem Monat lässt es sich beurteilen.
    es: Al principio está oscuro y rojo, en la segunda semana pálido, y se puede juzgar al cabo de un mes.
    fr: C’est d’abord foncé et rouge, pâle la deuxième semaine, et on peut en juger au bout d’un mois.
    tr: Başta koyu ve kırmızıdır, ikinci haftada soluktur; bir ay sonra değerlendirilebilir.
    pt: No início está escuro e vermelho, na segunda semana pálido, e pode ser avaliado ao fim de um mês.
  consent-light
    en: Look at it in harsh light and close up as well, here and in the mirror.
    de: Sehen Sie es auch in hartem Licht und aus der Nähe an, hier und im Spiegel.
    es: Mírelo también con luz dura y de cerca, aquí y en el espejo.
    fr: Regardez-le aussi en lumière dure et de près, ici et dans le miroir.
    tr: Sert ışıkta ve yakından da bakın; hem burada hem aynada.
    pt: Veja-o também sob luz dura e de perto, aqui e ao espelho.
  consent-tell
    en: Tell the clinic about skin disease, raised scars, allergies, a recent hair transplant, illness, pregnancy and every medicine you take.
    de: Sagen Sie der Klinik von Hautkrankheiten, wulstigen Narben, Allergien, einer kürzlichen Haartransplantation, Krankheiten, Schwangerschaft und allen Medikamenten, die Sie nehmen.
    es: Informe a la clínica de enfermedades de la piel, cicatrices abultadas, alergias, un trasplante de pelo reciente, enfermedades, embarazo y todos los medicamentos que toma.
    fr: Signalez à la clinique les maladies de peau, cicatrices en relief, allergies, greffe de cheveux récente, maladies, grossesse et tous les médicaments que vous prenez.
    tr: Cilt hastalığı, kabarık yara izi, alerji, yakın zamanda saç ekimi, hastalık, gebelik ve kullandığınız her ilacı kliniğe bildirin.
    pt: Informe a clínica sobre doenças de pele, cicatrizes salientes, alergias, um transplante capilar recente, doenças, gravidez e todos os medicamentos que toma.
  sign-date
    en: Place, date
    de: Ort, Datum
    es: Lugar, fecha
    fr: Lieu, date
    tr: Yer, tarih
    pt: Local, data
  sign-name
    en: Signature
    de: Unterschrift
    es: Firma
    fr: Signature
    tr: İmza
    pt: Assinatura

  # For the practitioner
  zones
    en: For the practitioner: needles and mixtures
    de: Für die Behandelnden: Nadeln und Mischungen
    es: Para el profesional: agujas y mezclas
    fr: Pour le praticien : aiguilles et mélanges
    tr: Uygulayıcı için: iğneler ve karışımlar
    pt: Para o profissional: agulhas e misturas
  col-zone
    en: Zone
    de: Zone
    es: Zona
    fr: Zone
    tr: Bölge
    pt: Zona
  col-needle
    en: Needle
    de: Nadel
    es: Aguja
    fr: Aiguille
    tr: İğne
    pt: Agulha
  col-depth
    en: Depth
    de: Tiefe
    es: Profundidad
    fr: Profondeur
    tr: Derinlik
    pt: Profundidade
  col-water
    en: Water per pigment
    de: Wasser je Pigment
    es: Agua por pigmento
    fr: Eau par pigment
    tr: Pigment başına su
    pt: Água por pigmento
  zones-note
    en: Mixtures are proposals: settle them on a test patch.
    de: Mischungen sind Vorschläge: an einer Probestelle festlegen.
    es: Las mezclas son propuestas: decídalas en una zona de prueba.
    fr: Les mélanges sont des propositions : fixez-les sur une zone d’essai.
    tr: Karışımlar öneridir: bir deneme bölgesinde kesinleştirin.
    pt: As misturas são propostas: decida-as numa zona de teste.
  zone-edge
    en: Hairline, first centimetre
    de: Haaransatz, erster Zentimeter
    es: Línea del pelo, primer centímetro
    fr: Ligne frontale, premier centimètre
    tr: Saç çizgisi, ilk santimetre
    pt: Linha do cabelo, primeiro centímetro
  zone-core
    en: Inner area
    de: Innere Fläche
    es: Zona interior
    fr: Zone intérieure
    tr: İç bölge
    pt: Zona interior
  zone-ring
    en: Beside the scar
    de: Neben der Narbe
    es: Junto a la cicatriz
    fr: À côté de la cicatrice
    tr: Yara izinin yanı
    pt: Junto à cicatriz
  zone-scar-flat
    en: Flat scar
    de: Flache Narbe
    es: Cicatriz plana
    fr: Cicatrice plate
    tr: Düz yara izi
    pt: Cicatriz plana
  zone-scar-hypertrophic
    en: Raised scar
    de: Erhabene Narbe
    es: Cicatriz hipertrófica
    fr: Cicatrice hypertrophique
    tr: Kabarık yara izi
    pt: Cicatriz hipertrófica
  zone-scar-atrophic
    en: Sunken scar
    de: Eingesunkene Narbe
    es: Cicatriz atrófica
    fr: Cicatrice atrophique
    tr: Çökük yara izi
    pt: Cicatriz atrófica
  zone-layer
    en: {zone} (layer {n})
    de: {zone} (Schicht {n})
    es: {zone} (capa {n})
    fr: {zone} (couche {n})
    tr: {zone} (katman {n})
    pt: {zone} (camada {n})
  assumed
    en: What was assumed
    de: Was angenommen wurde
    es: Lo que se ha supuesto
    fr: Ce qui a été supposé
    tr: Neler varsayıldı
    pt: O que se supôs
  as-head
    en: Head
    de: Kopf
    es: Cabeza
    fr: Tête
    tr: Baş
    pt: Cabeça
  as-head-scan
    en: a scan
    de: ein Scan
    es: un escaneo
    fr: un scan
    tr: tarama
    pt: uma digitalização
  as-head-mannequin
    en: a mannequin, not your own head
    de: eine Puppe, nicht Ihr eigener Kopf
    es: un maniquí, no su propia cabeza
    fr: un mannequin, pas votre propre tête
    tr: manken, sizin başınız değil
    pt: um manequim, não a sua própria cabeça
  as-skin
    en: Skin
    de: Haut
    es: Piel
    fr: Peau
    tr: Cilt
    pt: Pele
  as-hair
    en: Hair
    de: Haar
    es: Pelo
    fr: Cheveux
    tr: Saç
    pt: Cabelo
  as-hair-value
    en: {colour}, {grey} % grey, {length} mm long, {density} per cm² at the sides
    de: {colour}, {grey} % grau, {length} mm lang, {density} je cm² an den Seiten
    es: {colour}, {grey} % canas, {length} mm de largo, {density} por cm² a los lados
    fr: {colour}, {grey} % gris, {length} mm de long, {density} par cm² sur les côtés
    tr: {colour}, % {grey} kır, {length} mm uzun, yanlarda cm² başına {density}
    pt: {colour}, {grey} % grisalho, {length} mm de comprimento, {density} por cm² nos lados
  as-loss
    en: Hair loss
    de: Haarausfall
    es: Pérdida de pelo
    fr: Perte de cheveux
    tr: Saç dökülmesi
    pt: Perda de cabelo
  as-work
    en: Work
    de: Arbeit
    es: Trabajo
    fr: Travail
    tr: Çalışma
    pt: Trabalho
  as-work-value
    en: {n} dots over {area} cm²
    de: {n} Punkte auf {area} cm²
    es: {n} puntos en {area} cm²
    fr: {n} points sur {area} cm²
    tr: {area} cm² üzerinde {n} nokta
    pt: {n} pontos em {area} cm²
  as-pigment
    en: Pigment
    de: Pigment
    es: Pigmento
    fr: Pigment
    tr: Pigment
    pt: Pigmento
  pigment-carbon
    en: carbon
    de: Kohlenstoff
    es: carbono
    fr: carbone
    tr: karbon
    pt: carbono
  pigment-iron-oxide
    en: iron oxide
    de: Eisenoxid
    es: óxido de hierro
    fr: oxyde de fer
    tr: demir oksit
    pt: óxido de ferro
  pigment-azo
    en: azo
    de: Azo
    es: azoico
    fr: azoïque
    tr: azo
    pt: azo
  pigment-temporary
    en: temporary
    de: vergänglich
    es: temporal
    fr: temporaire
    tr: geçici
    pt: temporário
  as-pace
    en: Fading
    de: Verblassen
    es: Pérdida de color
    fr: Perte de couleur
    tr: Solma
    pt: Desvanecimento
  as-pace-factors
    en: ; things that change it: {n}
    de: ; Umstände, die es ändern: {n}
    es: ; factores que la cambian: {n}
    fr: ; facteurs qui la modifient : {n}
    tr: ; değiştiren etkenler: {n}
    pt: ; fatores que o alteram: {n}
  as-light
    en: Light
    de: Licht
    es: Luz
    fr: Lumière
    tr: Işık
    pt: Luz
  light-clinic
    en: soft and even
    de: weich und gleichmäßig
    es: suave y uniforme
    fr: douce et uniforme
    tr: yumuşak ve dengeli
    pt: suave e uniforme
  light-studio
    en: as for a portrait
    de: wie für ein Porträt
    es: como para un retrato
    fr: comme pour un portrait
    tr: portre ışığı
    pt: como para um retrato
  light-daylight
    en: daylight
    de: Tageslicht
    es: luz del día
    fr: lumière du jour
    tr: gün ışığı
    pt: luz do dia
  light-harsh
    en: harsh, from the side
    de: hart, von der Seite
    es: dura, desde un lado
    fr: dure, de côté
    tr: sert, yandan
    pt: dura, de lado
  light-bathroom
    en: from above
    de: von oben
    es: desde arriba
    fr: du dessus
    tr: yukarıdan
    pt: de cima
  as-seed
    en: Made again by seed
    de: Wieder herstellbar mit
    es: Se repite con la semilla
    fr: Reproductible avec la graine
    tr: Yeniden üretme sayısı
    pt: Repete-se com a semente
  assumed-note
    en: Brows, beard and small blemishes are the program’s own. Days of healing and years of fading follow clinics’ accounts.
    de: Brauen, Bart und kleine Hautmerkmale sind vom Programm erfunden. Heilung und Verblassen folgen Berichten von Kliniken.
    es: Cejas, barba y pequeñas manchas son del programa. Los días de cicatrización y los años de pérdida de color siguen relatos de clínicas.
    fr: Sourcils, barbe et petites taches sont inventés par le programme. La cicatrisation et la perte de couleur suivent les récits de cliniques.
    tr: Kaşlar, sakal ve küçük lekeler programın ürünüdür. İyileşme günleri ve solma yılları kliniklerin anlattıklarına dayanır.
    pt: Sobrancelhas, barba e pequenas manchas são do programa. Os dias de cicatrização e os anos de desvanecimento seguem relatos de clínicas.
  colour-black
    en: black
    de: schwarz
    es: negro
    fr: noirs
    tr: siyah
    pt: preto
  colour-dark-brown
    en: dark brown
    de: dunkelbraun
    es: castaño oscuro
    fr: châtain foncé
    tr: koyu kahverengi
    pt: castanho-escuro
  colour-brown
    en: brown
    de: braun
    es: castaño
    fr: châtain
    tr: kahverengi
    pt: castanho
  colour-light-brown
    en: light brown
    de: hellbraun
    es: castaño claro
    fr: châtain clair
    tr: açık kahverengi
    pt: castanho-claro
  colour-blonde
    en: blonde
    de: blond
    es: rubio
    fr: blonds
    tr: sarı
    pt: louro
  colour-red
    en: red
    de: rot
    es: pelirrojo
    fr: roux
    tr: kızıl
    pt: ruivo
  colour-grey
    en: grey
    de: grau
    es: gris
    fr: gris
    tr: gri
    pt: grisalho
  colour-white
    en: white
    de: weiß
    es: blanco
    fr: blancs
    tr: beyaz
    pt: branco
  findings
    en: What the check found
    de: Was die Prüfung ergab
    es: Lo que encontró la revisión
    fr: Ce que le contrôle a trouvé
    tr: Denetimin bulguları
    pt: O que a verificação encontrou
  findings-none
    en: No rule of good practice objects.
    de: Keine Regel guter Praxis erhebt Einwände.
    es: Ninguna regla de buena práctica pone objeciones.
    fr: Aucune règle de bonne pratique ne s’y oppose.
    tr: İyi uygulama kurallarından hiçbiri itiraz etmiyor.
    pt: Nenhuma regra de boa prática levanta objeções.
  # The rules of good practice, for languages other than English, whose findings stand as the check writes them
  rule-L1
    en: The dots lie in rows: rows and columns are seen at once, and nothing on a scalp lies in rows
    de: Die Punkte liegen in Reihen: Das fällt sofort auf, denn auf keiner Kopfhaut liegt etwas in Reihen
    es: Los puntos forman filas: se ven enseguida, y nada en un cuero cabelludo está en filas
    fr: Les points forment des rangées : cela se voit tout de suite, car rien sur un crâne n’est en rangées
    tr: Noktalar sıralar hâlinde: bu hemen fark edilir, saç derisinde hiçbir şey sıra hâlinde durmaz
    pt: Os pontos formam filas: nota-se logo, pois nada no couro cabeludo está em filas
  rule-L2
    en: The line is straight for a long stretch, which reads as drawn
    de: Die Linie ist über eine lange Strecke gerade und wirkt gezeichnet
    es: La línea es recta en un tramo largo y parece dibujada
    fr: La ligne est droite sur une grande longueur et paraît dessinée
    tr: Çizgi uzun bir bölümde düz, çizilmiş gibi duruyor
    pt: A linha é reta num trecho longo e parece desenhada
  rule-L3
    en: The edge has too little gradient and shows as a painted border
    de: Der Rand verläuft zu wenig und zeigt sich als gemalte Kante
    es: El borde tiene poco degradado y se ve como un límite pintado
    fr: Le bord n’est pas assez dégradé et se voit comme une limite peinte
    tr: Kenar yeterince yumuşak geçmiyor, boyanmış bir sınır gibi görünüyor
    pt: A borda tem pouco degradê e parece um limite pintado
  rule-L4
    en: The hairline is low and cannot be raised again
    de: Der Haaransatz sitzt tief und lässt sich nicht wieder anheben
    es: La línea del pelo está baja y no se puede volver a subir
    fr: La ligne frontale est basse et ne peut plus être remontée
    tr: Saç çizgisi alçak ve sonradan yükseltilemez
    pt: A linha do cabelo está baixa e não pode voltar a subir
  rule-L5
    en: A temple corner is flat or lies far in
    de: Eine Schläfenecke ist flach oder liegt weit innen
    es: Una esquina de la sien es plana o está muy adentro
    fr: Un angle temporal est plat ou trop en dedans
    tr: Şakak köşesi düz ya da fazla içeride
    pt: Um canto da têmpora é plano ou fica muito para dentro
  rule-L6
    en: The dots are so large that they are seen one by one
    de: Die Punkte sind so groß, dass man sie einzeln sieht
    es: Los puntos son tan grandes que se ven uno a uno
    fr: Les points sont si grands qu’on les voit un par un
    tr: Noktalar tek tek görülecek kadar büyük
    pt: Os pontos são tão grandes que se veem um a um
  rule-L7
    en: The dots run together within five years
    de: Die Punkte laufen binnen fünf Jahren ineinander
    es: Los puntos se juntan en cinco años
    fr: Les points se rejoignent en cinq ans
    tr: Noktalar beş yıl içinde birleşiyor
    pt: Os pontos juntam-se em cinco anos
  rule-L8
    en: The needle goes too shallow or too deep
    de: Die Nadel geht zu flach oder zu tief
    es: La aguja entra poco o demasiado
    fr: L’aiguille va trop peu ou trop profond
    tr: İğne fazla sığ ya da fazla derin
    pt: A agulha entra pouco ou demasiado
  rule-L9
    en: The work turns bluish with the years
    de: Die Arbeit wird mit den Jahren bläulich
    es: El trabajo se vuelve azulado con los años
    fr: Le travail vire au bleu avec les années
    tr: Çalışma yıllar içinde mavimsi bir ton alıyor
    pt: O trabalho fica azulado com os anos
  rule-L10
    en: The density is the same everywhere and reads as a helmet
    de: Die Dichte ist überall gleich und wirkt wie ein Helm
    es: La densidad es igual en todas partes y parece un casco
    fr: La densité est partout la même et fait penser à un casque
    tr: Yoğunluk her yerde aynı, kask gibi duruyor
    pt: A densidade é igual em toda parte e parece um capacete
  rule-L11
    en: Sessions: too few or too many, too close, or too much in one of them
    de: Sitzungen: zu wenige oder zu viele, zu dicht, oder zu viel in einer
    es: Sesiones: pocas o muchas, muy seguidas, o demasiado en una de ellas
    fr: Séances : trop peu ou trop nombreuses, trop rapprochées, ou trop en une seule
    tr: Seanslar: az ya da çok, sık ya da birinde fazla iş
    pt: Sessões: poucas ou muitas, próximas demais, ou demasiado numa delas
  rule-L12
    en: The work is too dark for this skin
    de: Die Arbeit ist für diese Haut zu dunkel
    es: El trabajo es demasiado oscuro para esta piel
    fr: Le travail est trop foncé pour cette peau
    tr: Çalışma bu ten için fazla koyu
    pt: O trabalho é escuro demais para esta pele
  rule-L13
    en: Treated skin differs from the hair beside it (CIEDE2000)
    de: Die behandelte Haut weicht vom Haar daneben ab (CIEDE2000)
    es: La piel tratada difiere del pelo vecino (CIEDE2000)
    fr: La peau traitée diffère des cheveux voisins (CIEDE2000)
    tr: İşlem gören deri yanındaki saçtan farklı görünüyor (CIEDE2000)
    pt: A pele tratada difere do cabelo ao lado (CIEDE2000)
  rule-L14
    en: Left and right are too alike or too different
    de: Links und rechts sind zu gleich oder zu verschieden
    es: Izquierda y derecha son demasiado iguales o demasiado distintas
    fr: Gauche et droite se ressemblent trop ou pas assez
    tr: Sol ve sağ birbirine fazla benziyor ya da fazla farklı
    pt: Esquerda e direita são iguais demais ou diferentes demais
  rule-L15
    en: The line is younger than the face
    de: Die Linie ist jünger als das Gesicht
    es: La línea es más joven que la cara
    fr: La ligne est plus jeune que le visage
    tr: Çizgi yüzden daha genç
    pt: A linha é mais jovem do que o rosto
  rule-L16
    en: The scar is young, may form keloid, or its work does not blend into the skin around it
    de: Die Narbe ist jung, neigt zu Keloid, oder ihre Arbeit verläuft nicht in die Haut ringsum
    es: La cicatriz es reciente, puede formar queloide o su trabajo no se funde con la piel de alrededor
    fr: La cicatrice est jeune, peut former une chéloïde, ou son travail ne se fond pas dans la peau autour
    tr: Yara izi yeni, keloid yapabilir ya da işlem çevresindeki deriye karışmıyor
    pt: A cicatriz é recente, pode formar queloide ou o trabalho não se funde com a pele em volta
  rule-L17
    en: Much pigment over the years (first treatment = 1)
    de: Viel Pigment über die Jahre (erste Behandlung = 1)
    es: Mucho pigmento a lo largo de los años (primer tratamiento = 1)
    fr: Beaucoup de pigment au fil des ans (premier traitement = 1)
    tr: Yıllar içinde çok pigment (ilk işlem = 1)
    pt: Muito pigmento ao longo dos anos (primeiro tratamento = 1)
  rule-L18
    en: The hair is pale: dark dots stand out between light hairs
    de: Das Haar ist hell: Dunkle Punkte fallen zwischen hellen Haaren auf
    es: El pelo es claro: los puntos oscuros destacan entre pelos claros
    fr: Les cheveux sont clairs : des points foncés ressortent entre eux
    tr: Saç açık renk: koyu noktalar açık saçların arasında belli olur
    pt: O cabelo é claro: pontos escuros destacam-se entre fios claros
  rule-L19
    en: The work will hardly show (darkness over that of the hair that is missing)
    de: Die Arbeit wird kaum zu sehen sein (Dunkelheit im Verhältnis zum fehlenden Haar)
    es: El trabajo apenas se verá (oscuridad respecto al pelo que falta)
    fr: Le travail se verra à peine (noirceur par rapport aux cheveux manquants)
    tr: Çalışma neredeyse görünmeyecek (eksik saça göre koyuluk)
    pt: O trabalho mal se verá (escuridão em relação ao cabelo em falta)
  rule-L20
    en: Pigment lies where no hair grows
    de: Pigment liegt, wo kein Haar wächst
    es: Hay pigmento donde no crece pelo
    fr: Du pigment se trouve là où aucun cheveu ne pousse
    tr: Saç çıkmayan yerde pigment var
    pt: Há pigmento onde não cresce cabelo
  rule-S1
    en: The scan has a hole in the scalp
    de: Der Scan hat ein Loch in der Kopfhaut
    es: El escaneo tiene un hueco en el cuero cabelludo
    fr: Le scan a un trou dans le cuir chevelu
    tr: Taramada saç derisinde bir boşluk var
    pt: A digitalização tem um buraco no couro cabeludo
  rule-S2
    en: Something stood over the scalp in the scan, such as hair or a cap
    de: Im Scan lag etwas über der Kopfhaut, etwa Haar oder eine Kappe
    es: En el escaneo había algo sobre el cuero cabelludo, como pelo o un gorro
    fr: Dans le scan, quelque chose recouvrait le cuir chevelu, cheveux ou bonnet
    tr: Taramada saç derisinin üzerinde bir şey var, örneğin saç ya da bone
    pt: Na digitalização havia algo sobre o couro cabeludo, como cabelo ou uma touca
  rule-S3
    en: The scan is rough: area over that of a smoothed copy
    de: Der Scan ist rau: Fläche im Verhältnis zu einer geglätteten Kopie
    es: El escaneo es rugoso: área respecto a una copia alisada
    fr: Le scan est rugueux : surface par rapport à une copie lissée
    tr: Tarama pürüzlü: düzleştirilmiş kopyaya göre alan
    pt: A digitalização é áspera: área em relação a uma cópia alisada
  rule-S4
    en: The scan’s coordinates come in coarse steps
    de: Die Koordinaten des Scans haben grobe Schritte
    es: Las coordenadas del escaneo tienen pasos gruesos
    fr: Les coordonnées du scan ont des pas grossiers
    tr: Taramanın koordinatları kaba adımlarla veriliyor
    pt: As coordenadas da digitalização têm passos grosseiros
  rule-S5
    en: A landmark does not lie where the skin shows it
    de: Eine Landmarke liegt nicht dort, wo die Haut sie zeigt
    es: Un punto de referencia no está donde lo muestra la piel
    fr: Un repère n’est pas là où la peau le montre
    tr: Bir işaret noktası derinin gösterdiği yerde değil
    pt: Um ponto de referência não está onde a pele o mostra
  rule-S6
    en: Work lies on skin that the scan does not show
    de: Arbeit liegt auf Haut, die der Scan nicht zeigt
    es: Hay trabajo sobre piel que el escaneo no muestra
    fr: Du travail se trouve sur une peau que le scan ne montre pas
    tr: İşlem, taramanın göstermediği deride
    pt: Há trabalho sobre pele que a digitalização não mostra
  finding-value
    en: {rule}: {value}, advised {advice}
    de: {rule}: {value}, empfohlen {advice}
    es: {rule}: {value}, se aconseja {advice}
    fr: {rule} : {value}, conseillé : {advice}
    tr: {rule}: {value}, önerilen {advice}
    pt: {rule}: {value}, aconselhado {advice}
  advice-least
    en: at least {n}
    de: mindestens {n}
    es: al menos {n}
    fr: au moins {n}
    tr: en az {n}
    pt: pelo menos {n}
  advice-most
    en: at most {n}
    de: höchstens {n}
    es: como máximo {n}
    fr: au plus {n}
    tr: en çok {n}
    pt: no máximo {n}
  advice-within
    en: {a} to {b}
    de: {a} bis {b}
    es: de {a} a {b}
    fr: de {a} à {b}
    tr: {a} ile {b} arası
    pt: de {a} a {b}
  unit-days
    en: days
    de: Tage
    es: días
    fr: jours
    tr: gün
    pt: dias
  unit-months
    en: months
    de: Monate
    es: meses
    fr: mois
    tr: ay
    pt: meses
  level-error
    en: broken
    de: verletzt
    es: incumplida
    fr: enfreinte
    tr: ihlal
    pt: violada
  level-warning
    en: warning
    de: Warnung
    es: aviso
    fr: avertissement
    tr: uyarı
    pt: aviso
  level-info
    en: remark
    de: Hinweis
    es: nota
    fr: remarque
    tr: not
    pt: nota
  level-waived
    en: set aside by the practitioner
    de: bewusst übergangen
    es: descartada por el profesional
    fr: écartée par le praticien
    tr: uygulayıcı tarafından göz ardı edildi
    pt: posta de lado pelo profissional
  """#
